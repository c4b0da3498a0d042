/**
 * Random procedures, random runs and the engine's own verdict on journals, for
 * tests of other packages.
 *
 * @packageDocumentation
 */

export { engineVerdict } from './engine/testing/engineVerdict';
export { randomPlay } from './engine/testing/randomPlay';
export { randomPolicies } from './engine/testing/randomPolicies';
export { randomSpec } from './engine/testing/randomSpec';
export { Random } from './engine/testing/Random';
export { MEMBERS, Play, person, policyOf, specOf } from './engine/testUtils';
