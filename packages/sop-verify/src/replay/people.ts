import { Procedure, RunState, Step } from './types';

const MAX_TEXT = 4000;

/** An entity ref in full; owners are groups unless they say otherwise. */
export function fullRef(ref: string): string {
  const [, kind, namespace, name] =
    /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(ref) ?? [];
  return `${kind ?? 'group'}:${namespace ?? 'default'}/${
    name ?? ref
  }`.toLocaleLowerCase('en-US');
}

export const isPerson = (ref: string) => ref.startsWith('user:');

/** Whom a role stands for in this run. */
export function owners(
  run: RunState,
  procedure: Procedure,
  role: string,
): string[] {
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
      return (procedure.roles?.[role]?.potentialOwners ?? []).map(fullRef);
  }
}

/** Who must not act on a step, as far as the journal tells. */
export function excluded(run: RunState, step: Step): string[] {
  const refs = (step.excludedOwners ?? []).flatMap(rule => {
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

/** Whether an approval's votes pass it, end it, or leave it open. */
export function count(
  step: Step,
  votes: Array<{ by: string; decision: string }>,
  barred: string[],
  eligible: number,
): {
  required: number;
  approvals: number;
  outcome: 'open' | 'approved' | 'rejected';
} {
  const decisions = new Map(
    votes
      .filter(vote => !barred.includes(vote.by))
      .map(vote => [vote.by, vote.decision]),
  );
  const all = [...decisions.values()];
  const approvals = all.filter(one => one === 'approve').length;
  const rejections = all.length - approvals;
  let required = 1;
  if (step.quorum === 'all') {
    required = Math.max(1, eligible);
  } else if (step.quorum === 'majority') {
    required = Math.floor(eligible / 2) + 1;
  } else if (typeof step.quorum === 'number') {
    required = step.quorum;
  }
  const vetoed = rejections > 0 && step.veto !== false;
  const hopeless = rejections > 0 && eligible - rejections < required;
  if (vetoed) {
    return { required, approvals, outcome: 'rejected' };
  }
  if (approvals >= required) {
    return { required, approvals, outcome: 'approved' };
  }
  return { required, approvals, outcome: hopeless ? 'rejected' : 'open' };
}
