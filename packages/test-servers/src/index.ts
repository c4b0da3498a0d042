/**
 * Real servers for tests and benchmarks.
 *
 * @packageDocumentation
 */
export { RealPrometheus, type Sample } from './RealPrometheus';
export {
  FakeApi,
  type ApiAnswer,
  type ApiRequest,
  type Fault,
} from './rest/FakeApi';
export { FakeConfluence, type ConfluencePage } from './rest/FakeConfluence';
export { FakeGithub, type GithubIssue } from './rest/FakeGithub';
export { FakeJira, type JiraIssue } from './rest/FakeJira';
