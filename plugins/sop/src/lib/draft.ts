import {
  SopEntity,
  SopProblem,
  validateSop,
  validateSopPolicy,
} from '@handrail/plugin-sop-common';
import { Document, isNode, LineCounter, parseDocument } from 'yaml';

/** One thing that is wrong with a draft. */
export interface DraftProblem extends SopProblem {
  /** From 1; absent where the draft has no line for it. */
  line?: number;
}

/** What a draft says. */
export interface Draft {
  problems: DraftProblem[];
  /** The procedure, when nothing is wrong with it. */
  procedure?: SopEntity;
}

/** Reads a draft of a procedure or a policy; never throws. */
export function readDraft(text: string): Draft {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(error => ({
        path: '',
        message: error.message.split('\n')[0].replace(/ at line .*$/, ''),
        line: lines.linePos(error.pos[0]).line,
      })),
    };
  }
  let entity: unknown;
  try {
    entity = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { problems: [{ path: '', message: (error as Error).message }] };
  }
  const kind = (entity as { kind?: unknown } | null)?.kind;
  const found =
    kind === 'SOPPolicy' ? validateSopPolicy(entity) : validateSop(entity);
  const problems = found.map(problem => ({
    ...problem,
    line: lineOf(document, lines, problem.path),
  }));
  return problems.length === 0 && kind === 'SOP'
    ? { problems, procedure: entity as SopEntity }
    : { problems };
}

/** Keys of a path such as `spec.steps[2]["my key"].id`. */
export function pathKeys(path: string): Array<string | number> {
  const keys: Array<string | number> = [];
  for (const match of path.matchAll(
    /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g,
  )) {
    const [, index, quoted, plain] = match;
    keys.push(index === undefined ? quoted ?? plain : Number(index));
  }
  return keys;
}

/** The line of a value, or of what would contain it. */
function lineOf(
  document: Document,
  lines: LineCounter,
  path: string,
): number | undefined {
  for (let keys = pathKeys(path); keys.length > 0; keys = keys.slice(0, -1)) {
    const node = document.getIn(keys, true);
    if (isNode(node) && node.range) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return undefined;
}

/** What a new draft begins with. */
export const FIRST_DRAFT = `apiVersion: handrail.dev/v1alpha1
kind: SOP
metadata:
  name: rotate-certificate
  title: Rotate a certificate
spec:
  type: maintenance
  owner: group:default/ops
  lifecycle: draft
  roles:
    operator: { potentialOwners: ['group:default/ops'] }
    reviewer: { potentialOwners: ['group:default/leads'] }
  steps:
    - id: rotate
      type: manual
      name: Rotate the certificate
      role: operator
      evidence:
        - { id: serial, kind: text, required: true }
    - id: review
      type: approval
      name: Is the new certificate served?
      role: reviewer
      excludedOwners: [actor:rotate]
`;
