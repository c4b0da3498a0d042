export * from './NotPermitted';
