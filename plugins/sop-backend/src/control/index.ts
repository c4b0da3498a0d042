export { composeControl, createDocumentControl } from './composeControl';
export type { ControlService } from './ControlService';
export { ControlStore } from './ControlStore';
export { DocumentControl } from './DocumentControl';
