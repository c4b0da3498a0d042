export * from './Glow';
