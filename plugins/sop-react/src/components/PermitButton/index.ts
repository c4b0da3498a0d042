export * from './PermitButton';
