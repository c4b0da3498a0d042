import { JsonObject } from '@backstage/types';
import { ApprovalStep, SopSpec } from '../../model/types';
import { decide } from '../decide';
import { evolve } from '../evolve';
import { resolveRole } from '../people';
import { indexSpec } from '../specIndex';
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

/** As many people in the approval's groups as the vote says there were. */
function electorate(
  state: RunState,
  spec: SopSpec,
  event: Loose,
): Facts['members'] {
  const step = indexSpec(spec).get(event.data.stepId)?.step as ApprovalStep;
  const group = resolveRole(state, spec, step.role).find(
    ref => !ref.startsWith('user:'),
  );
  const vote = {
    by: event.actor ?? '',
    decision: 'approve' as const,
    at: event.at,
  };
  const votes = [...(state.steps[step.id]?.votes ?? []), vote];
  const known = tally(state, step, votes, { spec }).eligible.length;
  const missing = Number(event.data.eligible) - known;
  return group && missing > 0 && missing < 1000
    ? {
        [group]: Array.from(
          { length: missing },
          (_, i) => `user:default/member-${i}`,
        ),
      }
    : {};
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
      ? [{ command: { ...start, type: 'start' } as RunCommand, by: { actor } }]
      : [];
  }
  const { stepId } = data;
  const step = indexSpec(spec).get(stepId)?.step;
  const current = state.steps[stepId];
  const at = { stepId, taskVersion: current?.version ?? 0 };
  const tried = {
    stepId,
    attempt: current?.attempt ?? 0,
    try: current?.tries ?? 0,
  };
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
        ? person(
            {
              type: 'vote',
              ...at,
              decision: data.decision,
              reason: data.reason,
            },
            { ...known, members: electorate(state, spec, event) },
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
        : engine({ type: 'dispatch-action', ...tried, try: tried.try + 1 });
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

/**
 * Whether the engine could have written a journal: for each of its rounds a
 * command is looked for that makes `decide` give these very events.
 *
 * @returns the number of the first event that no command leads to; undefined
 * when there is none
 */
export function engineVerdict(
  spec: SopSpec,
  events: readonly Loose[],
): number | undefined {
  let state: RunState | undefined;
  let i = 0;
  while (i < events.length) {
    const length = roundAt(state, spec, events, i);
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

/** How many events the command at this place leads to; 0 when there is none. */
function roundAt(
  state: RunState | undefined,
  spec: SopSpec,
  events: readonly Loose[],
  i: number,
): number {
  const now = events[i].at;
  if (state && now < state.updatedAt) {
    return 0;
  }
  const found = guesses(state, spec, events, i)
    .map(guess => tryGuess(state, spec, now, guess))
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
): AnyRunEvent[] | undefined {
  if (facts?.acknowledgedAt && facts.acknowledgedAt > now) {
    return undefined;
  }
  try {
    return decide(state, command, {
      now,
      spec,
      ...facts,
      ...(by?.actor ? { actor: actorOf(by.actor, by.basis) } : {}),
    });
  } catch {
    return undefined;
  }
}
