export * from './catalog';
export * from './definition';
export * from './duration';
export * from './types';
export {
  formatSloProblem,
  validateOpenSlo,
  validateOpenSloYaml,
} from './validate';
