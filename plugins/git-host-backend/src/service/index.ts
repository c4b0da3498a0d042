export { Authenticator } from './Authenticator';
export { composeService } from './composeService';
export type { GitHostService } from './GitHostService';
