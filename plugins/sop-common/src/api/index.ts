export * from './cloudEvents';
export type { ControlApi } from './ControlClient';
export type { SopRequestOptions } from './request';
export * from './SopClient';
export * from './types';
