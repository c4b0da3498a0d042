export * from './CommandDialog';
export { asksFirst } from './forms';
