import { addBusinessDuration } from '@handrail/calendar';
import { DateTime, Duration } from 'luxon';
import type { ObligationKind } from '../api/types';
import {
  COMMANDER,
  IncidentPolicy,
  NotifyTarget,
  ObligationRule,
} from '../policy/types';
import { Recorder } from './Recorder';
import { DueLevel, IncidentState, Obligation } from './types';

/** Behind its time by more than this the engine was not there. */
const LATE_AFTER_SECONDS = 60;

const OVER: readonly Obligation['state'][] = ['satisfied', 'cancelled'];

/** Whether a duty still waits for somebody. @public */
export function isOpenObligation(obligation: Obligation): boolean {
  return !OVER.includes(obligation.state);
}

/** The open duty of a kind; there is at most one but for offers. */
export function openObligation(
  state: IncidentState,
  kind: ObligationKind,
): Obligation | undefined {
  return state.obligations.find(
    one => one.kind === kind && isOpenObligation(one),
  );
}

/** When the engine has to look at a duty next; undefined when never. @public */
export function nextFiring(obligation: Obligation): string | undefined {
  switch (obligation.state) {
    case 'pending':
      return obligation.warnAt ?? obligation.dueAt;
    case 'warned':
      return obligation.dueAt;
    case 'breached':
      return obligation.levels[obligation.level]?.at;
    default:
      return undefined;
  }
}

/** Who has to do it now; entity refs. @public */
export function responsibleFor(
  state: IncidentState,
  obligation: Pick<Obligation, 'kind' | 'role'>,
): string[] {
  const holder = (role: string) => state.roles[role]?.holder;
  const fallback = state.owners.length
    ? state.owners
    : [state.declaredBy].filter(isRef);
  const someone = (...refs: Array<string | undefined>) => {
    const found = refs.find(isRef);
    return found ? [found] : fallback;
  };
  switch (obligation.kind) {
    case 'offer':
      return someone(state.roles[obligation.role ?? '']?.offer?.to);
    case 'commander':
      return someone(state.roles[COMMANDER]?.offer?.to);
    case 'update':
      return someone(holder('communications'), holder(COMMANDER));
    default:
      return someone(holder(COMMANDER));
  }
}

/** Puts refs in the place of the words of a policy. */
function resolveTargets(
  state: IncidentState,
  obligation: Obligation,
  targets: NotifyTarget[],
): string[] {
  const holders = Object.values(state.roles).map(one => one.holder);
  const refs = targets.flatMap((target): Array<string | undefined> => {
    switch (target) {
      case 'responsible':
        return responsibleFor(state, obligation);
      case 'commander':
        return [state.roles[COMMANDER]?.holder];
      case 'roles':
        return holders;
      case 'owners':
        return state.owners;
      case 'declarer':
        return [state.declaredBy];
      case 'offerer':
        return [state.roles[obligation.role ?? '']?.offer?.by];
      default:
        return [target];
    }
  });
  return [...new Set(refs.filter(isRef))];
}

function isRef(ref: string | undefined): ref is string {
  return Boolean(ref);
}

/** The rule of a kind for the severity as it is now. */
export function ruleFor(
  policy: IncidentPolicy,
  kind: ObligationRule['kind'],
  severity: string,
): ObligationRule | undefined {
  return policy.obligations.find(
    rule => rule.kind === kind && rule.severities.includes(severity),
  );
}

function plus(from: string, duration: string): string {
  const end = DateTime.fromISO(from, { zone: 'utc' }).plus(
    Duration.fromISO(duration),
  );
  return new Date(end.toMillis()).toISOString();
}

/** When a duty that starts now is due by its rule. */
export function dueOf(
  rule: ObligationRule,
  policy: IncidentPolicy,
  now: string,
): string {
  return typeof rule.due === 'string'
    ? plus(now, rule.due)
    : addBusinessDuration(now, `P${rule.due.businessDays}D`, policy.calendar);
}

interface Clock {
  dueAt: string;
  warnAt?: string;
  levels: DueLevel[];
}

function clockOf(rule: ObligationRule, now: string, dueAt: string): Clock {
  const span = Date.parse(dueAt) - Date.parse(now);
  const warnAt =
    rule.warnAt === undefined || span <= 0
      ? undefined
      : new Date(
          Date.parse(now) + Math.floor(span * rule.warnAt),
        ).toISOString();
  return {
    dueAt,
    warnAt,
    levels: rule.levels.map(level => ({
      at: plus(dueAt, level.after),
      notify: level.notify,
    })),
  };
}

/** Begins a duty. `dueAt` overrides the rule's time. */
export function startObligation(
  recorder: Recorder,
  rule: ObligationRule,
  dueAt?: string,
): void {
  const { now, policy } = recorder.facts;
  recorder.derive('obligation.started', {
    obligationId: `${rule.kind}-${recorder.nextSeq}`,
    kind: rule.kind,
    ...clockOf(rule, now, dueAt ?? dueOf(rule, policy, now)),
  });
}

/** Begins the duty to answer an offer. @returns its id and its end */
export function startOffer(
  recorder: Recorder,
  role: string,
): { obligationId: string; expiresAt: string } {
  const { now, policy } = recorder.facts;
  const expiresAt = plus(now, policy.offerExpiry);
  const obligationId = `offer-${recorder.nextSeq}`;
  recorder.derive('obligation.started', {
    obligationId,
    kind: 'offer',
    role,
    dueAt: expiresAt,
    levels: [{ at: expiresAt, notify: ['responsible', 'offerer'] }],
  });
  return { obligationId, expiresAt };
}

/** The open duty of the kind, if any, is done by event `by`. */
export function satisfy(
  recorder: Recorder,
  kind: ObligationKind,
  by: number,
): void {
  const open = openObligation(recorder.state, kind);
  if (open) {
    satisfyOne(recorder, open, by);
  }
}

/** This duty is done by event `by`. */
export function satisfyOne(
  recorder: Recorder,
  { obligationId, dueAt }: Obligation,
  by: number,
): void {
  recorder.derive('obligation.satisfied', {
    obligationId,
    by,
    inTime: Date.parse(recorder.facts.now) <= Date.parse(dueAt),
  });
}

/** Open duties of these kinds need not be done any more. */
export function cancelObligations(
  recorder: Recorder,
  reason: string,
  kinds?: ObligationKind[],
): void {
  for (const one of recorder.state.obligations.filter(isOpenObligation)) {
    if (!kinds || kinds.includes(one.kind)) {
      const { obligationId } = one;
      recorder.derive('obligation.cancelled', { obligationId, reason });
    }
  }
}

/**
 * Brings the open duties in line with status and severity: what is missing
 * begins now, what has no rule any more ends, and a duty under a new rule is
 * never due later than it was.
 */
export function alignObligations(recorder: Recorder, reason: string): void {
  const { policy, now } = recorder.facts;
  for (const kind of ['commander', 'update', 'review'] as const) {
    const { state } = recorder;
    const rule = isWanted(state, kind)
      ? ruleFor(policy, kind, state.severity)
      : undefined;
    const open = openObligation(state, kind);
    if (open && !rule) {
      cancelObligations(recorder, reason, [kind]);
    } else if (!open && rule) {
      startObligation(recorder, rule);
    } else if (
      open &&
      rule &&
      Date.parse(dueOf(rule, policy, now)) < Date.parse(open.dueAt)
    ) {
      cancelObligations(recorder, reason, [kind]);
      startObligation(recorder, rule);
    }
  }
}

/** Whether people work on it: declared and not resolved. */
export function isActive(state: IncidentState): boolean {
  return ['investigating', 'identified', 'monitoring'].includes(state.status);
}

function isWanted(state: IncidentState, kind: ObligationRule['kind']): boolean {
  const active = isActive(state);
  switch (kind) {
    case 'commander':
      return active && !state.roles[COMMANDER]?.holder;
    case 'update':
      return active;
    default:
      return (
        ['resolved', 'learning'].includes(state.status) &&
        !['done', 'waived'].includes(state.review.state)
      );
  }
}

/**
 * Does what is due for one duty at the time of the facts. Whatever was missed
 * is made up for at once, by one event, that says how late it is. Nothing when
 * its time has not come or the duty is over.
 */
export function fireObligation(recorder: Recorder, obligationId: string): void {
  const { state } = recorder;
  const now = Date.parse(recorder.facts.now);
  const one = state.obligations.find(
    other => other.obligationId === obligationId,
  );
  const next = one && nextFiring(one);
  if (!one || !next || Date.parse(next) > now) {
    return;
  }
  const lateBySeconds = Math.max(
    0,
    Math.floor(
      (now -
        Date.parse(
          now >= Date.parse(one.dueAt) && one.level === 0 ? one.dueAt : next,
        )) /
        1000,
    ),
  );
  if (now < Date.parse(one.dueAt)) {
    recorder.derive('obligation.warned', {
      obligationId,
      lateBySeconds,
      notify: resolveTargets(state, one, ['responsible']),
    });
    return;
  }
  const level = one.levels.filter(({ at }) => Date.parse(at) <= now).length;
  const reached = one.levels.slice(one.level, Math.max(level, 1));
  recorder.derive('obligation.breached', {
    obligationId,
    level: Math.max(level, 1),
    lateBySeconds,
    late: lateBySeconds > LATE_AFTER_SECONDS,
    notify: resolveTargets(
      state,
      one,
      reached.flatMap(({ notify }) => notify),
    ),
  });
  if (one.kind === 'offer' && one.role) {
    const offer = state.roles[one.role]?.offer;
    if (offer?.obligationId === obligationId) {
      recorder.derive('role.offer-expired', { role: one.role, to: offer.to });
    }
    recorder.derive('obligation.cancelled', {
      obligationId,
      reason: 'Nobody answered the offer in time',
    });
  }
}
