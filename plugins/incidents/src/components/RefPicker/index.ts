export * from './RefPicker';
export * from './kinds';
