export * from './analyse';
export * from './evaluate';
export * from './template';
