export { composeService } from './composeService';
export { RunCommitter } from './RunCommitter';
export { RunPublisher } from './RunPublisher';
