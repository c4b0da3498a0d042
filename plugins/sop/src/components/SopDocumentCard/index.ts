export { SopDocumentCard } from './SopDocumentCard';
