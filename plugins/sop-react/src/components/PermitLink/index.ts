export * from './PermitLink';
