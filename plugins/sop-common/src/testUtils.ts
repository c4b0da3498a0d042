/**
 * Random procedures, random runs and the engine's own verdict on journals, for
 * tests of other packages.
 *
 * @packageDocumentation
 */

export { engineVerdict } from './engine/testing/engineVerdict';
export { randomPlay, randomSpec } from './engine/testing/randomRun';
export { Random } from './engine/testing/Random';
export { MEMBERS, Play, person, specOf } from './engine/testUtils';
