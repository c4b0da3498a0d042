export { Definitions } from './Definitions';
export { EmbeddedSource, streamKey } from './EmbeddedSource';
export { Evaluator } from './Evaluator';
export type { StatusListener } from './Evaluator';
export { Prober } from './Prober';
export { Rounds } from './Rounds';
