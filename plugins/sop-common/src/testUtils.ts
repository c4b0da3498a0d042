/**
 * Random procedures, random runs and the engine's own verdict on journals, for
 * tests of other packages.
 *
 * @packageDocumentation
 */

export { engineVerdict } from './engine/__testUtils__/engineVerdict';
export { randomPlay, randomSpec } from './engine/__testUtils__/randomRun';
export { Random } from './engine/__testUtils__/Random';
export { MEMBERS, Play, person, specOf } from './engine/testUtils';
