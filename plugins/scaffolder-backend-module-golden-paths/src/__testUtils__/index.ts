export { HOSTILE_TEXTS, tryHostileAnswers } from './hostile';
export type { HostileOutcome } from './hostile';
export { pairwise } from './pairwise';
export { loadTemplate, questionsOf } from './template';
export type { LoadedTemplate, Question } from './template';
export { startTemplates } from './templates';
export type { RenderedFile, Rendering, Templates } from './templates';
