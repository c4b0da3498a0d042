export { readAuthorization } from './authorization';
export { RestClient } from './RestClient';
export type { RestClientOptions, RestRequest } from './RestClient';
export { OutcomeUnknownError } from './errors';
export { instanceNamed, readBaseUrl, readInstances } from './instances';
export { procedureOnly } from './procedureOnly';
