import { JsonValue } from '@backstage/types';
import { PolicyRevision } from '../../model/policy';
import { ManualStep, SopSpec, SopStep } from '../../model/types';
import { openReviews, skippableGates } from '../glass';
import { lockRequests, openTasks, pendingWork } from '../queries';
import { indexRun } from '../specIndex';
import { Play } from '../testUtils';
import { HumanCommand } from '../types';
import { Random } from './Random';

const PEOPLE = ['ana', 'dev', 'ben', 'cho', 'dia', 'olu', 'zoe'];

const GOOD: Record<string, JsonValue> = {
  rows: 3,
  link: 'https://example.com/a',
  tag: 'v12',
  justified: 'yes',
  finding: 'Nobody was there',
  sure: true,
  size: 'small',
  part: 'component:default/shop',
  ticket: 'OPS-7',
};

/** Evidence that the step takes, or now and then some that it does not. */
function evidenceFor(step: SopStep | undefined, random: Random) {
  const fields = (step as ManualStep | undefined)?.evidence ?? [];
  const evidence: Record<string, JsonValue> = {};
  for (const field of fields) {
    if (field.required ? !random.chance(0.05) : random.chance(0.5)) {
      evidence[field.id] = random.chance(0.03) ? 'wrong' : GOOD[field.id];
    }
  }
  return Object.keys(evidence).length || random.chance(0.5)
    ? evidence
    : undefined;
}

function move(play: Play, random: Random): void {
  const tasks = openTasks(play.state!, play.spec);
  const by = random.pick(PEOPLE);
  const reason = random.chance(0.9) ? random.pick(['because', 'no way']) : '';
  const failed = Object.values(play.state!.steps).filter(
    step => step.status === 'failed',
  );
  const dice = random.next();
  if (failed.length && dice < 0.35) {
    const { id } = random.pick(failed);
    play.do(by, { type: 'retry', stepId: id, ...(reason ? { reason } : {}) });
    return;
  }
  if (random.chance(0.08)) {
    breakGlass(play, random, { by, reason });
    return;
  }
  if (dice > 0.97 || (failed.length && dice < 0.4)) {
    play.do(
      by,
      random.pick<HumanCommand>([
        { type: 'cancel', reason, compensate: random.chance(0.6) },
        { type: 'compensate', reason },
        { type: 'compensate', reason },
        { type: 'fail', reason },
      ]),
    );
    return;
  }
  if (!tasks.length) {
    return;
  }
  const task = random.pick(tasks);
  const { stepId, type } = task;
  const comment = random.chance(0.3) ? { comment: 'Fine' } : {};
  if (task.status === 'in-doubt') {
    const outcome = random.pick(['done', 'not-done', 'compensate'] as const);
    play.do(by, { type: 'resolve-doubt', stepId, outcome, reason });
  } else if (dice < 0.5) {
    play.do(by, { type: task.claimedBy ? 'release' : 'claim', stepId });
  } else if (type === 'approval') {
    const decision = random.chance(0.8) ? 'approve' : 'reject';
    play.do(by, { type: 'vote', stepId, decision, reason });
  } else if (dice > 0.93) {
    play.do(by, { type: 'report-failure', stepId, reason: reason || 'broken' });
  } else if (type === 'handoff') {
    play.do(
      by,
      random.chance(0.75)
        ? { type: 'accept', stepId, ...comment }
        : { type: 'return', stepId, reason },
    );
  } else {
    const step = indexRun(play.state!, play.effective).get(stepId)?.step;
    const evidence = evidenceFor(step, random);
    play.do(by, {
      type: 'complete',
      stepId,
      ...comment,
      ...(evidence ? { evidence } : {}),
    });
  }
}

/** Skips a gate, or all, of a step that has any. */
function breakGlass(
  play: Play,
  random: Random,
  { by, reason }: { by: string; reason: string },
): void {
  const kept = Object.keys(play.state!.steps)
    .map(stepId => ({
      stepId,
      gates: skippableGates(play.state!, play.effective, stepId),
    }))
    .filter(({ gates }) => gates.length > 0);
  if (kept.length > 0) {
    const { stepId, gates } = random.pick(kept);
    const skips = random.chance(0.5) ? gates : [random.pick(gates)];
    play.do(by, { type: 'break-glass', stepId, skips, reason });
  }
}

/** Whether no other step of the run has the lock that a step waits for. */
function isFree(play: Play, stepId: string): boolean {
  const { key } = play.step(stepId).lock!;
  return !lockRequests(play.state!).some(
    one => one.key === key && one.acquiredAt,
  );
}

function work(play: Play, random: Random): void {
  const output = { value: random.chance(0.8) ? 0.25 : 0.75 };
  for (const one of pendingWork(play.state!, play.spec)) {
    const { kind, stepId, attempt } = one;
    const at = { stepId, attempt, try: one.try ?? 1 };
    const due = !one.dueAt || Date.parse(one.dueAt) <= play.now;
    if (kind === 'wait' && due) {
      play.system({ type: 'timer-fired', stepId, attempt });
    } else if (kind === 'blocked' && (due || random.chance(0.1))) {
      play.system({ type: 'timer-fired', stepId, attempt });
    } else if (kind === 'find-event' && random.chance(0.6)) {
      const sent = play.now - 60_000 * random.below(20);
      play.system({
        type: 'event-arrived',
        stepId,
        attempt,
        event: {
          id: `e${random.below(3)}`,
          source: random.pick(['registry', 'elsewhere']),
          topic: random.chance(0.9) ? 'confirmed' : 'refused',
          receivedAt: new Date(sent).toISOString(),
          payload: random.chance(0.9) ? { count: random.below(6) } : null,
        },
      });
    } else if (kind === 'lock' && isFree(play, stepId) && random.chance(0.6)) {
      play.system({ type: 'lock-granted', stepId, attempt });
    } else if (kind === 'deadline' || kind === 'reminder') {
      if (due && random.chance(0.6)) {
        play.system({ type: 'timer-fired', stepId, attempt, slot: kind });
      }
    } else if (kind === 'guard' && due && random.chance(0.8)) {
      measure(play, random, { stepId, attempt });
    } else if (kind === 'dispatch' && due && random.chance(0.8)) {
      play.system({ type: 'dispatch-action', ...at });
    } else if (kind === 'lease' && random.chance(0.7)) {
      if (random.chance(0.75)) {
        play.system({ type: 'action-succeeded', ...at, output });
      } else {
        play.system({
          type: 'action-failed',
          ...at,
          error: {
            name: random.chance(0.6) ? 'OutcomeUnknownError' : 'Error',
            message: 'It broke',
          },
          retryable: random.chance(0.5),
        });
      }
    }
  }
}

function measure(
  play: Play,
  random: Random,
  at: { stepId: string; attempt: number },
): void {
  if (random.chance(0.8)) {
    const output = { value: random.chance(0.9) ? 0.25 : 0.95 };
    play.system({ type: 'guard-succeeded', ...at, output });
  } else {
    play.system({
      type: 'guard-failed',
      ...at,
      error: { name: 'Error', message: 'Not there' },
      retryable: random.chance(0.8),
    });
  }
}

/**
 * Plays a run at random; refused commands change nothing.
 * @param policies - of which some are in force, now these and now those
 * @param names - what the run is called, and the hash of its procedure
 */
export function randomPlay(
  random: Random,
  spec: SopSpec,
  policies: readonly PolicyRevision[] = [],
  names: { runId?: string; revisionHash?: string } = {},
): Play {
  const play = new Play(spec);
  const change = () => play.under(policies.filter(() => random.chance(0.8)));
  change();
  play.start(random.pick(PEOPLE), {
    ...names,
    inputs: { flag: random.chance(0.5), count: random.below(6) },
    ...(random.chance(0.6)
      ? {
          target: {
            entityRef: 'component:default/shop',
            kind: 'Component',
            namespace: 'default',
            name: 'shop',
            owner: 'group:default/developers',
            metadata: {},
            spec: {},
          },
        }
      : {}),
  });
  const moves = 10 + random.below(50);
  const isOver = () => play.state!.closedAt && openReviews(play.state!) === 0;
  for (let i = 0; i < moves && !isOver(); i++) {
    unlessRefused(() => move(play, random));
    if (random.chance(0.2)) {
      play.wait(60_000 * random.below(30));
    }
    if (random.chance(0.1)) {
      change();
    }
    unlessRefused(() => work(play, random));
  }
  return play;
}

function unlessRefused(act: () => void): void {
  try {
    act();
  } catch (error) {
    if ((error as Error).name === 'Error') {
      throw error;
    }
  }
}
