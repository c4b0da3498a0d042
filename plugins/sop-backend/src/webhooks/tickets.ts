import { JsonObject, JsonValue } from '@backstage/types';

/** Most tickets that one event names. */
const MAX_TICKETS = 100;

/** A key such as `SSIM-142` that stands by itself. */
const KEY = /(?<![A-Za-z0-9])[A-Z][A-Z0-9_]{0,63}-[1-9]\d{0,9}(?![A-Za-z0-9])/g;
/** A branch that GitHub makes for an issue: `142-short-slug`. */
const BRANCH_OF_ISSUE = /^(?:.*\/)?([1-9]\d{0,9})-/;
/** Words that close an issue when a pull request is merged. */
const CLOSES =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #([1-9]\d{0,9})\b/gi;

/**
 * The tickets that an event of GitHub is about, as Jira and GitHub find them: in
 * the name of a branch, in the title of a pull request and in messages of
 * commits. Issues of GitHub are named in full, `owner/repository#142`.
 */
export function ticketsOf(event: string, payload: JsonObject): string[] {
  const { branch, texts, body } = placesOf(event, payload);
  const repository = textAt(payload, 'repository', 'full_name');
  const keys = [branch, ...texts].flatMap(text => text.match(KEY) ?? []);
  const numbers = [
    BRANCH_OF_ISSUE.exec(branch)?.[1],
    ...[...texts, body].flatMap(text =>
      [...text.matchAll(CLOSES)].map(match => match[1]),
    ),
  ].filter(Boolean);
  const issues = repository ? numbers.map(one => `${repository}#${one}`) : [];
  return [...new Set([...keys, ...issues])].slice(0, MAX_TICKETS);
}

/** Where an event names tickets. */
function placesOf(
  event: string,
  payload: JsonObject,
): { branch: string; texts: string[]; body: string } {
  switch (event) {
    case 'create':
    case 'delete':
      return {
        branch: payload.ref_type === 'branch' ? textAt(payload, 'ref') : '',
        texts: [],
        body: '',
      };
    case 'push':
      return {
        branch: textAt(payload, 'ref').replace(/^refs\/heads\//, ''),
        texts: Array.isArray(payload.commits)
          ? payload.commits.map(one => textAt(one, 'message'))
          : [],
        body: '',
      };
    case 'pull_request':
    case 'pull_request_review':
      return {
        branch: textAt(payload, 'pull_request', 'head', 'ref'),
        texts: [textAt(payload, 'pull_request', 'title')],
        body: textAt(payload, 'pull_request', 'body'),
      };
    default:
      return { branch: '', texts: [], body: '' };
  }
}

function textAt(value: JsonValue | undefined, ...path: string[]): string {
  let at: unknown = value;
  for (const key of path) {
    at = (at as JsonObject | null | undefined)?.[key];
  }
  return typeof at === 'string' ? at : '';
}
