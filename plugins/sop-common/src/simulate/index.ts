export { Simulator } from './Simulator';
export { describeSimulation, notePeople, simulate } from './simulate';
export * from './types';
