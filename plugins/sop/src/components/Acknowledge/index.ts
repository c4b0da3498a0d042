export { AcknowledgeButton } from './AcknowledgeButton';
export { AcknowledgeDialog } from './AcknowledgeDialog';
