export * from './commands';
export * from './decide';
export * from './evolve';
export * from './guards';
export { isOpenObligation, nextFiring, responsibleFor } from './obligations';
export * from './types';
