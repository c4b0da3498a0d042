import { JsonObject } from '@backstage/types';
import { ApprovalStep, SopSpec } from '../../model/types';
import { decide } from '../decide';
import { evolve } from '../evolve';
import { PolicyRevision } from '../../model/policy';
import { effectiveSpec, PolicyFacts } from '../../policy/effectiveSpec';
import { tighteningOf } from '../../policy/tightenStep';
import { normaliseRef, ownersOf, resolveExcluded } from '../people';
import { indexRun, indexSpec } from '../specIndex';
import { Actor, AnyRunEvent, Facts, RunCommand, RunState } from '../types';
import { tally } from '../votes';

type Loose = {
  seq: number;
  type: string;
  at: string;
  actor?: string;
  data: any;
};

const START_FIELDS = [
  'runId',
  'sopRef',
  'revisionHash',
  'title',
  'inputs',
  'target',
  'mode',
  'control',
];

const REQUIRED_AT_START = 5;

/** A command that may have led to the events at hand, with what was known. */
interface Guess {
  command: RunCommand;
  /** Whose command it was. */
  by?: { actor?: string; basis?: unknown };
  facts?: Partial<Facts>;
}

/** A member of whatever the journal says the person acted for. */
function actorOf(actor: string, basis: unknown): Actor {
  const groups =
    typeof basis === 'string' && basis.startsWith('group:') ? [basis] : [];
  return {
    ref: actor,
    kind: actor.startsWith('user:') ? 'user' : 'service',
    ownershipEntityRefs: [actor, ...groups],
  };
}

/** Most people that are made up for a vote. */
const MAX_PEOPLE = 1000;
/** Most people of an excluded group that are made up. */
const MAX_EXCLUDED = 20;

const nobody = (count: number, name: string) =>
  Array.from({ length: count }, (_, i) => `user:default/${name}-${i}`);

const isGroup = (ref: string) => !ref.startsWith('user:');

/**
 * Members of the approval's groups so that as many people may vote as the vote
 * says there were. Who belongs to a group that is excluded is not in the
 * journal, nor is whom the procedure alone would have let vote where a policy
 * excludes more: all that may be is tried.
 */
function electorates(
  state: RunState,
  spec: SopSpec,
  event: Loose,
): NonNullable<Facts['members']>[] {
  const step = indexSpec(spec).get(event.data.stepId)?.step as ApprovalStep;
  const owners = ownersOf(state, spec, step);
  const group = owners.find(isGroup);
  const vote = {
    by: event.actor ?? '',
    decision: 'approve' as const,
    at: event.at,
  };
  const votes = [...(state.steps[step.id]?.votes ?? []), vote];
  const own = tighteningOf(step)?.ownExcludedOwners ?? step.excludedOwners;
  const byOwn = resolveExcluded(state, {
    ...step,
    excludedOwners: [...(own ?? [])],
  });
  const all = resolveExcluded(state, step);
  const more = all.filter(ref => !byOwn.includes(ref));
  const barred = more.find(isGroup) ?? all.find(isGroup);
  const named = owners.filter(
    ref => barred && !isGroup(ref) && votes.every(({ by }) => by !== ref),
  );
  return choices(named).flatMap(inBarred => {
    const members = barred ? { [barred]: inBarred } : {};
    const known = tally(state, step, votes, { spec, members }).eligible.length;
    const missing = Number(event.data.eligible) - known;
    if (!group || !(missing >= 0 && missing < MAX_PEOPLE)) {
      return [members];
    }
    const people = more.filter(ref => !isGroup(ref));
    const made: NonNullable<Facts['members']>[] = [];
    for (let n = 0; n <= people.length; n++) {
      const excluded = more.some(isGroup)
        ? Math.min(2 * Number(event.data.required), MAX_EXCLUDED)
        : 0;
      for (let k = 0; k <= excluded; k++) {
        const others = nobody(k, 'excluded');
        made.push({
          ...(barred ? { [barred]: [...inBarred, ...others] } : {}),
          [group]: [
            ...nobody(missing, 'member'),
            ...people.slice(0, n),
            ...others,
          ],
        });
      }
    }
    return made;
  });
}

/** Members of groups among whom roles rotate, as the start names them. */
function rotating(spec: SopSpec, { data }: Loose): Facts['members'] {
  const members: Record<string, string[]> = {};
  for (const [name, role] of Object.entries(spec.roles ?? {})) {
    const group = role.potentialOwners
      .map(normaliseRef)
      .find(ref => !ref.startsWith('user:'));
    if (group && role.rotate !== undefined) {
      const named = data.roles?.[name]?.members;
      members[group] = Array.isArray(named) ? named : [];
    }
  }
  return members;
}

/** Commands of people and the worker whose first event this may be. */
function guesses(
  state: RunState | undefined,
  spec: SopSpec,
  events: readonly Loose[],
  i: number,
): Guess[] {
  const event = events[i];
  const { type, data, actor } = event;
  if (!state) {
    const start = Object.fromEntries(
      START_FIELDS.filter(key => key in data).map(key => [key, data[key]]),
    );
    const whole = START_FIELDS.slice(0, REQUIRED_AT_START).every(
      key => key in data,
    );
    return type === 'run.started' && whole
      ? [
          {
            command: { ...start, type: 'start' } as RunCommand,
            by: { actor },
            facts: { members: rotating(spec, event) },
          },
        ]
      : [];
  }
  const { stepId } = data;
  const step = indexRun(state, spec).get(stepId)?.step;
  const current = state.steps[stepId];
  const at = { stepId, taskVersion: current?.version ?? 0 };
  const tried = {
    stepId,
    attempt: current?.attempt ?? 0,
    try: current?.tries ?? 0,
  };
  const blocked = { stepId, attempt: current?.blocked?.attempt ?? 0 };
  const by = { actor, basis: data.basis };
  const person = (command: object, facts?: Partial<Facts>): Guess[] =>
    actor ? [{ command: command as RunCommand, by, facts }] : [];
  const engine = (command: object): Guess[] => [
    { command: command as RunCommand },
  ];
  const known = { acknowledgedAt: data.acknowledgedAt };
  switch (type) {
    case 'task.claimed':
      return person({ type: 'claim', ...at }, known);
    case 'task.released':
      return person({ type: 'release', ...at });
    case 'vote.cast':
      return step?.type === 'approval'
        ? electorates(state, spec, event).flatMap(members =>
            person(
              {
                type: 'vote',
                ...at,
                decision: data.decision,
                reason: data.reason,
              },
              { ...known, members },
            ),
          )
        : [];
    case 'step.completed': {
      const { comment, evidence, output } = data;
      if (step?.type === 'manual') {
        return person({ type: 'complete', ...at, comment, evidence }, known);
      }
      if (step?.type === 'handoff') {
        return person({ type: 'accept', ...at, comment }, known);
      }
      return step?.type === 'wait'
        ? engine({ type: 'timer-fired', stepId, attempt: tried.attempt })
        : engine({ type: 'action-succeeded', ...tried, output });
    }
    case 'step.failed':
      return actor
        ? ['report-failure', 'return'].flatMap(one =>
            person({ type: one, ...at, reason: data.error?.message }, known),
          )
        : [
            ...engine({
              type: 'dispatch-action',
              ...tried,
              try: tried.try + 1,
            }),
            ...(step?.type === 'listen'
              ? engine({ type: 'timer-fired', ...tried })
              : []),
          ];
    case 'step.reset': {
      const ids: string[] = data.stepIds ?? [];
      const last = ids[ids.length - 1];
      const reason = String(data.reason);
      return [
        ...person({
          type: 'retry',
          stepId: ids[0],
          taskVersion: state.steps[ids[0]]?.version ?? 0,
          reason,
        }),
        ...person(
          {
            type: 'return',
            stepId: last,
            taskVersion: state.steps[last]?.version ?? 0,
            reason: reason.replace(/^Returned: /, ''),
          },
          // Not in the event, so anything would do.
          { acknowledgedAt: event.at },
        ),
      ];
    }
    case 'step.blocked':
      return [
        ...engine({ type: 'timer-fired', ...blocked }),
        ...engine({ type: 'dispatch-action', ...tried, try: tried.try + 1 }),
      ];
    case 'glass.broken': {
      const { skips, reason } = data;
      return person({ type: 'break-glass', ...at, skips, reason });
    }
    case 'event.received': {
      const { eventId: id, source, topic, receivedAt } = data;
      const payload = events[i + 1]?.data.output;
      return engine({
        type: 'event-arrived',
        ...tried,
        event: { id, source, topic, receivedAt, payload },
      });
    }
    case 'lock.acquired':
      return engine({ type: 'lock-granted', ...blocked });
    case 'step.unblocked':
      return engine({ type: 'timer-fired', ...blocked });
    case 'deadline.passed':
    case 'task.escalated':
      return engine({ type: 'timer-fired', ...tried, slot: 'deadline' });
    case 'task.reminded':
      return engine({ type: 'timer-fired', ...tried, slot: 'reminder' });
    case 'guard.measured': {
      const { error, output } = data;
      return 'error' in data
        ? [true, false].flatMap(retryable =>
            engine({ type: 'guard-failed', ...tried, error, retryable }),
          )
        : engine({ type: 'guard-succeeded', ...tried, output });
    }
    case 'action.dispatched':
      return engine({ type: 'dispatch-action', ...tried, try: tried.try + 1 });
    case 'action.failed':
      return [true, false].flatMap(retryable =>
        engine({
          type: 'action-failed',
          ...tried,
          error: data.error,
          retryable,
        }),
      );
    case 'doubt.resolved': {
      const { outcome, reason } = data;
      return person({ type: 'resolve-doubt', ...at, outcome, reason });
    }
    case 'step.cancelled':
    case 'run.failed':
    case 'run.cancelled':
    case 'compensation.started': {
      const said = events.slice(i).find(one => one.type !== 'step.cancelled');
      if (!said?.actor) {
        return [];
      }
      const reason = said.data.reason;
      const who = { actor: said.actor, basis: said.data.basis };
      return [
        { type: 'cancel', reason, compensate: false },
        { type: 'cancel', reason, compensate: true },
        { type: 'compensate', reason },
        { type: 'fail', reason },
      ].map(command => ({ command: command as RunCommand, by: who }));
    }
    default:
      return [];
  }
}

/** Sentences that the engine words for people are not compared. */
function comparable(event: Loose): unknown {
  if (event.actor) {
    return event;
  }
  const data: JsonObject = { ...event.data };
  const word = (text: unknown) => (text ? '…' : '');
  if ('reason' in data) {
    data.reason = word(data.reason);
  }
  if (data.error && typeof data.error === 'object') {
    data.error = {
      ...(data.error as JsonObject),
      message: word((data.error as JsonObject).message),
    };
  }
  if (Array.isArray(data.blocks)) {
    data.blocks = data.blocks.map(block => ({
      ...(block as JsonObject),
      sentence: word((block as JsonObject)?.sentence),
    }));
  }
  return { ...event, data };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : one,
  );
}

function same(a: Loose, b: Loose): boolean {
  return canonical(comparable(a)) === canonical(comparable(b));
}

/** Every choice of some of a few. */
function choices<T>(list: readonly T[]): T[][] {
  return list.reduce<T[][]>(
    (made, one) => [...made, ...made.map(some => [...some, one])],
    [[]],
  );
}

/**
 * Whether the engine could have written a journal: for each of its rounds a
 * command is looked for that makes `decide` give these very events, under some
 * of the policies.
 *
 * @param policies - a few that may have been in force
 * @returns the number of the first event that no command leads to; undefined
 * when there is none
 */
export function engineVerdict(
  spec: SopSpec,
  events: readonly Loose[],
  policies: readonly PolicyRevision[] = [],
): number | undefined {
  const pinnedPolicies = new Map(policies.map(one => [one.hash, one]));
  const inForce = choices(policies).map(some => ({
    policies: some,
    pinnedPolicies,
  }));
  let state: RunState | undefined;
  let i = 0;
  while (i < events.length) {
    const length = roundUnderAny(state, spec, events, i, inForce);
    if (length === 0) {
      return i + 1;
    }
    for (const event of events.slice(i, i + length)) {
      state = evolve(state, event as AnyRunEvent);
    }
    i += length;
  }
  return undefined;
}

/** How many events the command at this place leads to under any of the policies. */
function roundUnderAny(
  state: RunState | undefined,
  spec: SopSpec,
  events: readonly Loose[],
  i: number,
  inForce: readonly PolicyFacts[],
): number {
  for (const policies of inForce) {
    const length = roundAt(state, spec, events, i, policies);
    if (length > 0) {
      return length;
    }
  }
  return 0;
}

/** How many events the command at this place leads to; 0 when there is none. */
function roundAt(
  state: RunState | undefined,
  spec: SopSpec,
  events: readonly Loose[],
  i: number,
  policies: PolicyFacts,
): number {
  const now = events[i].at;
  if (state && now < state.updatedAt) {
    return 0;
  }
  const effective = effectiveSpec(state, spec, policies);
  const found = guesses(state, effective, events, i)
    .map(guess => tryGuess(state, spec, now, guess, policies))
    .find(
      made =>
        made?.length &&
        made.length <= events.length - i &&
        made.every((event, n) => same(event as Loose, events[i + n])),
    );
  return found?.length ?? 0;
}

function tryGuess(
  state: RunState | undefined,
  spec: SopSpec,
  now: string,
  { command, by, facts }: Guess,
  policies: PolicyFacts,
): AnyRunEvent[] | undefined {
  if (facts?.acknowledgedAt && facts.acknowledgedAt > now) {
    return undefined;
  }
  try {
    return decide(state, command, {
      now,
      spec,
      ...policies,
      ...facts,
      ...(by?.actor ? { actor: actorOf(by.actor, by.basis) } : {}),
    });
  } catch {
    return undefined;
  }
}
