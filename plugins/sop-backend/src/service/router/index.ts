export { createRouter, createSpecRouter } from './createRouter';
