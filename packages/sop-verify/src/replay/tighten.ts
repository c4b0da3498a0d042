import { Step, Violation, Window } from './types';

/** A wording of a policy: what a resource's owner demands of procedures. */
export interface Policy {
  hash: string;
  /** Entity ref. */
  ref: string;
  spec: PolicySpec;
}

export interface PolicySpec {
  steps?: { types?: string[]; ids?: string[]; tags?: string[] };
  windows?: Array<Omit<Window, 'timezone'> & { timezone?: string }>;
  minQuorum?: number;
  excludedOwners?: string[];
  requireEvidence?: any[];
  requireReason?: boolean;
  lock?: string;
  [field: string]: any;
}

/** A step with what policies add that has no field in it. */
export interface Tightened {
  step: Step;
  minQuorum: number;
  /** Whom the procedure itself excludes, when policies exclude more. */
  ownExcluded?: string[];
  /** The windows of each policy, which must be open by themselves. */
  windows: Array<{ policy: Policy; windows: Window[] }>;
  /** Locks that policies demand, `${{ }}` not filled in. */
  locks: string[];
}

const FIELDS = [
  'owner',
  'targets',
  'procedures',
  'steps',
  'windows',
  'minQuorum',
  'excludedOwners',
  'requireEvidence',
  'requireReason',
  'lock',
];

/** @throws Violation when it has a field this program has no rule for */
export function assertPolicy({ hash, ref, spec }: Policy, seq: number): void {
  const unknown = Object.keys(spec).find(key => !FIELDS.includes(key));
  if (unknown !== undefined) {
    throw new Violation(
      'unknown-rule',
      seq,
      `The policy ${ref} (${hash}) has ${unknown}, which this version of the verifier has no rule for; use a newer one`,
    );
  }
}

const CONTAINERS = ['parallel', 'switch', 'forEach'];
const TASKS = ['manual', 'handoff', 'tour'];

/** What a policy demands of a step; undefined when nothing. */
function demandsOf({ spec }: Policy, step: Step): PolicySpec | undefined {
  const { types, ids, tags } = spec.steps ?? {};
  const selected =
    (!types || types.includes(step.type)) &&
    (!ids || ids.includes(step.id)) &&
    (!tags || tags.some(tag => step.tags?.includes(tag)));
  if (!selected) {
    return undefined;
  }
  const named = spec.steps !== undefined;
  const changes = named
    ? !CONTAINERS.includes(step.type)
    : step.type === 'action';
  const votes = step.type === 'approval';
  const excludes = named ? 'role' in step : votes;
  const all: PolicySpec = {
    windows: changes ? spec.windows : undefined,
    lock: changes ? spec.lock : undefined,
    excludedOwners: excludes ? spec.excludedOwners : undefined,
    minQuorum: votes ? spec.minQuorum : undefined,
    requireReason: votes ? spec.requireReason : undefined,
    requireEvidence: step.type === 'manual' ? spec.requireEvidence : undefined,
  };
  return Object.values(all).some(value => value !== undefined)
    ? all
    : undefined;
}

/** Whether a policy is about a step. */
export function isAbout(policy: Policy, step: Step): boolean {
  return demandsOf(policy, step) !== undefined;
}

/**
 * A step as policies demand it, in their order.
 * @param all - every step of the procedure, without what undoes them
 */
export function tighten(
  given: Step,
  policies: readonly Policy[],
  all: readonly Step[],
): Tightened {
  const result: Tightened = {
    step: given,
    minQuorum: 1,
    windows: [],
    locks: [],
  };
  for (const policy of policies) {
    const demands = demandsOf(policy, given) ?? {};
    const { windows, minQuorum, excludedOwners, requireReason, ...more } =
      demands;
    result.locks.push(...[demands.lock ?? []].flat());
    if (windows) {
      const inUtc = { timezone: 'Etc/UTC' };
      result.windows.push({
        policy,
        windows: windows.map(one => ({ ...inUtc, ...one })),
      });
    }
    result.minQuorum = Math.max(result.minQuorum, minQuorum ?? 1);
    if (excludedOwners && 'role' in given) {
      const own = result.step.excludedOwners ?? [];
      result.ownExcluded ??= own;
      const added = excludedOwners.flatMap(rule =>
        rule === 'actor:*' ? actorsOfOthers(given, all) : [rule],
      );
      result.step = {
        ...result.step,
        excludedOwners: [...new Set([...own, ...added])],
      };
    }
    if (requireReason) {
      result.step = { ...result.step, reason: 'always' };
    }
    for (const field of more.requireEvidence ?? []) {
      const evidence = withField(result.step.evidence ?? [], field, policy);
      result.step = { ...result.step, evidence };
    }
  }
  return result;
}

function actorsOfOthers(step: Step, all: readonly Step[]): string[] {
  return all
    .filter(({ id, type }) => TASKS.includes(type) && id !== step.id)
    .map(({ id }) => `actor:${id}`);
}

/** The fields with one more, or with one that is as strict as both. */
function withField(fields: any[], added: any, policy: Policy): any[] {
  const wanted = { ...added, required: true };
  const place = fields.findIndex(({ id }) => id === added.id);
  if (place < 0) {
    return [...fields, wanted];
  }
  const both = merged(fields[place], wanted);
  if (both) {
    return fields.map((one, i) => (i === place ? both : one));
  }
  // The two cannot be said in one, so the policy's stands beside it.
  const [, name] = /([^/:]+)$/.exec(policy.ref) ?? [];
  const base = `${added.id}_${String(name).replace(/[^a-zA-Z0-9_]/g, '_')}`;
  const taken = fields.map(one => one.id);
  let id = base;
  for (let n = 2; taken.includes(id); n++) {
    id = `${base}_${n}`;
  }
  return [...fields, { ...wanted, id }];
}

function merged(own: any, added: any): any {
  const differ = (key: string) =>
    own[key] !== undefined &&
    added[key] !== undefined &&
    own[key] !== added[key];
  const options =
    own.options && added.options
      ? own.options.filter((one: string) => added.options.includes(one))
      : own.options ?? added.options;
  if (
    own.kind !== added.kind ||
    differ('pattern') ||
    differ('unit') ||
    options?.length === 0
  ) {
    return undefined;
  }
  const bound = (key: string, pick: (...numbers: number[]) => number) => {
    const given = [own[key], added[key]].filter(one => one !== undefined);
    return given.length ? pick(...given) : undefined;
  };
  return {
    ...added,
    ...own,
    required: true,
    pattern: own.pattern ?? added.pattern,
    maxLength: bound('maxLength', Math.min),
    minimum: bound('minimum', Math.max),
    maximum: bound('maximum', Math.min),
    integer: own.integer || added.integer,
    mustBeTrue: own.mustBeTrue || added.mustBeTrue,
    options,
  };
}
