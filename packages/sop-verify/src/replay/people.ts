import { Procedure, RunState, Step } from './types';

const MAX_TEXT = 4000;

/** Role of those who review a skipped gate; its number follows, from 0. */
export const REVIEW_ROLE = 'glass-review:';

/** A few refs come again and again. */
const MAX_REFS = 10_000;
const fullRefs = new Map<string, string>();

/** An entity ref in full; owners are groups unless they say otherwise. */
export function fullRef(ref: string): string {
  let full = fullRefs.get(ref);
  if (full === undefined) {
    const [, kind, namespace, name] =
      /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(ref) ?? [];
    full = `${kind ?? 'group'}:${namespace ?? 'default'}/${
      name ?? ref
    }`.toLocaleLowerCase('en-US');
    if (fullRefs.size >= MAX_REFS) {
      fullRefs.clear();
    }
    fullRefs.set(ref, full);
  }
  return full;
}

export const isPerson = (ref: string) => ref.startsWith('user:');

/** Whom a role stands for in this run. */
export function roleOwners(
  run: RunState,
  procedure: Procedure,
  role: string,
): string[] {
  if (role.startsWith(REVIEW_ROLE)) {
    return run.glass[Number(role.slice(REVIEW_ROLE.length))].reviewers;
  }
  switch (role) {
    case 'initiator':
      return [run.initiator];
    case 'target-owner':
      return run.target?.owner ? [fullRef(String(run.target.owner))] : [];
    case 'target': {
      const ref = String(run.target?.entityRef ?? run.initiator);
      return /^(user|group):/.test(ref) ? [ref] : [];
    }
    default:
      if (run.turns[role]) {
        return [run.turns[role]];
      }
      return (procedure.roles?.[role]?.potentialOwners ?? []).map(fullRef);
  }
}

/** Who may act on a step: its role, and whom an escalation has added. */
export function owners(
  run: RunState,
  procedure: Procedure,
  step: Step,
): string[] {
  const added = run.steps.get(step.id)?.escalatedTo ?? [];
  const refs = roleOwners(run, procedure, step.role!);
  return [...new Set([...refs, ...added])];
}

/** Who must not act on a step, as far as the journal tells. */
export function excluded(run: RunState, step: Step): string[] {
  if (!step.excludedOwners) {
    return [];
  }
  const refs = step.excludedOwners.flatMap(rule => {
    if (rule === 'initiator') {
      return [run.initiator];
    }
    return rule.startsWith('actor:')
      ? run.steps.get(rule.slice('actor:'.length))?.actors ?? []
      : [fullRef(rule)];
  });
  return [...new Set(refs)];
}

/**
 * Whether somebody may act for the reason the journal gives. That somebody was
 * in a group at that moment is what the portal recorded; that the group has the
 * right is checked here.
 */
export function hasBasis(
  actor: string,
  basis: unknown,
  allowed: string[],
): boolean {
  const place = allowed.indexOf(String(basis));
  const own = allowed.indexOf(actor);
  if (!actor || typeof basis !== 'string' || place < 0) {
    return false;
  }
  // The first ref that fits is recorded.
  return isPerson(basis) || basis.startsWith('service:')
    ? basis === actor
    : own < 0 || own > place;
}

/** Whether a text may stand as a reason or a comment. */
export function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= MAX_TEXT &&
    value.trim() === value
  );
}
