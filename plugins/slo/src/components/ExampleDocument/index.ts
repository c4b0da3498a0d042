export { ExampleDocument, IMPORT_PATH } from './ExampleDocument';
