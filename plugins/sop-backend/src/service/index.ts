export { AuditedSopRunService } from './AuditedSopRunService';
export { AuthorizedSopRunService } from './AuthorizedSopRunService';
export { DefaultSopRunService } from './DefaultSopRunService';
export { Directory } from './Directory';
export { Procedures } from './Procedures';
export { RunCommitter } from './RunCommitter';
export { RunPublisher } from './RunPublisher';
export { RunViews } from './RunViews';
