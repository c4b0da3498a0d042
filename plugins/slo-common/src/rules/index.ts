export * from './generate';
export * from './promql';
