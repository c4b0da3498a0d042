export { SearchResult } from './SearchResult';
