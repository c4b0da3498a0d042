import { freed, kept } from './blocks';
import { planDeadline } from './deadlines';
import { fillIn, holds } from './expressions';
import { madeAgain } from './freshness';
import { approvalSkipped } from './glass';
import { isHuman } from './human';
import { children, idsIn } from './outline';
import { excluded, roleOwners } from './people';
import { TEXT } from './prediction';
import { planReminders } from './reminders';
import { Replay } from './Replay';
import { after, nextClock, toInstant } from './times';
import { Deadline, Step } from './types';
import { bypassed } from './windows';

const ERROR = { name: TEXT, message: TEXT } as const;

/** The value, or that it cannot be had. */
function attempt<T>(
  replay: Replay,
  compute: () => T,
): { value: T } | undefined {
  try {
    return { value: compute() };
  } catch (error) {
    replay.rethrowViolation(error);
    return undefined;
  }
}

function stepFailed(replay: Replay, id: string): void {
  const { data } = replay.expect('step.failed', { stepId: id, error: ERROR });
  replay.failed(id, (data.error as { name: string }).name);
}

/**
 * A step whose turn it is: it begins, is skipped, is kept, waits for checks to
 * be made again, or cannot begin.
 */
export function reach(replay: Replay, { id }: Step): void {
  const free = attempt(replay, () => freed(replay, id));
  if (!free) {
    stepFailed(replay, id);
    return;
  }
  if (!free.value || replay.step(id).status !== 'pending') {
    return;
  }
  const given = replay.outline.get(id)!.step;
  if (given.if) {
    const wanted = attempt(replay, () => holds(given.if!, replay.context()));
    if (!wanted) {
      stepFailed(replay, id);
      return;
    }
    if (!wanted.value) {
      skipped(replay, given);
      return;
    }
  }
  const reached = replay.policies.reached(id);
  const number = replay.step(id).attempt + 1;
  const held = attempt(replay, () => kept(replay, reached, number));
  if (!held) {
    stepFailed(replay, id);
    return;
  }
  const { step } = reached.tightened;
  if (held.value || (step.type !== 'approval' && madeAgain(replay, id))) {
    return;
  }
  const plan = attempt(replay, () => planOf(replay, step));
  if (!plan || plan.value.potentialOwners?.length === 0) {
    stepFailed(replay, id);
    return;
  }
  // Whoever sets automation off answers for it.
  const { hashes } = reached;
  const actor = plan.value.byActor ? replay.cause.actor : undefined;
  begins(replay, step, { ...plan.value, hashes, actor });
  approvalSkipped(replay, step);
  if (step.type === 'switch') {
    choose(replay, step);
  }
}

function skipped(replay: Replay, step: Step): void {
  const nested = idsIn(children(step).map(child => child.steps));
  replay.expect('step.skipped', {
    stepId: step.id,
    reason: TEXT,
    nested: nested.length ? nested : undefined,
  });
  [step.id, ...nested].forEach(id =>
    replay.touch(id, {
      status: 'skipped',
      blocked: undefined,
      lock: undefined,
    }),
  );
}

interface Plan {
  potentialOwners?: string[];
  excludedOwners?: string[];
  dueAt?: string;
  deadline?: Deadline;
  reminders?: Array<{ branch?: number; at: string }>;
  guardAt?: string;
  bypassed?: string[];
  byActor?: boolean;
}

/** What a step begins with. @throws Error when something cannot be had */
function planOf(replay: Replay, step: Step): Plan {
  const { at } = replay.cause;
  const names = { bypassed: bypassed(replay, step, false) };
  const reminders = planReminders(replay, step);
  if (isHuman(step)) {
    const potentialOwners = roleOwners(
      replay.run,
      replay.procedure,
      step.role!,
    );
    return {
      ...names,
      potentialOwners,
      excludedOwners: excluded(replay.run, step),
      reminders,
      deadline: potentialOwners.length ? planDeadline(replay, step) : undefined,
    };
  }
  switch (step.type) {
    case 'wait':
      return {
        ...names,
        dueAt: waitEnd(replay, step),
        guardAt: step.guard ? at : undefined,
      };
    case 'listen':
      return { dueAt: step.timeout ? after(at, step.timeout) : undefined };
    case 'parallel':
      return { ...names, reminders };
    case 'switch':
      return names;
    default:
      return { ...names, dueAt: at, byActor: true };
  }
}

function begins(
  replay: Replay,
  { id }: Step,
  {
    byActor,
    actor,
    hashes,
    ...plan
  }: Plan & { hashes: string[]; actor?: string },
): void {
  const number = replay.step(id).attempt + 1;
  const policies = hashes.length ? hashes : undefined;
  const { deadline, reminders, guardAt } = plan;
  replay.expect(
    'step.started',
    {
      stepId: id,
      attempt: number,
      ...plan,
      deadline: deadline && { ...deadline },
      policies,
    },
    actor,
  );
  replay.touch(id, {
    status: plan.potentialOwners ? 'ready' : 'running',
    attempt: number,
    startedAt: replay.cause.at,
    blocked: undefined,
    claimedBy: undefined,
    votes: [],
    evidence: undefined,
    output: undefined,
    comment: undefined,
    chosen: undefined,
    errorName: undefined,
    dueAt: plan.dueAt,
    dispatched: false,
    tries: 0,
    endedAt: undefined,
    deadline,
    escalatedTo: undefined,
    reminders: reminders?.map(({ at, ...branch }) => ({
      ...branch,
      nextAt: at,
      count: 0,
    })),
    guard: guardAt ? { nextAt: guardAt, failures: 0 } : undefined,
    deferred: undefined,
    policies,
  });
  if (byActor) {
    replay.did(id, actor);
  }
}

function waitEnd(replay: Replay, step: Step): string {
  const { at } = replay.cause;
  if (step.duration) {
    return after(at, step.duration);
  }
  return step.untilTime
    ? nextClock(at, step.untilTime, step.timezone ?? 'Etc/UTC')
    : toInstant(String(fillIn(step.until ?? '', replay.context())));
}

function choose(replay: Replay, step: Step): void {
  const context = replay.context();
  const found = attempt(replay, () =>
    step.cases.findIndex((one: { if: string }) => holds(one.if, context)),
  );
  let chosen: number | 'default' | undefined = found?.value;
  if (chosen === -1) {
    chosen = step.default ? 'default' : undefined;
  }
  if (chosen === undefined) {
    stepFailed(replay, step.id);
    return;
  }
  const others = idsIn(
    children(step)
      .filter(child => child.key !== chosen)
      .map(child => child.steps),
  );
  replay.expect('switch.chosen', { stepId: step.id, chosen, skipped: others });
  others.forEach(id => replay.touch(id, { status: 'skipped' }));
  replay.touch(step.id, { chosen });
}
