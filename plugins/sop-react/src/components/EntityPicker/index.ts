export * from './EntityPicker';
