export { registerPermissions } from './access';
export { composeService } from './composeService';
export { RunCommitter } from './RunCommitter';
export { RunPublisher } from './RunPublisher';
export { RequestAudit } from './RequestAudit';
