import { JsonValue } from '@backstage/types';
import { EvidenceField, ManualStep, SopSpec, SopStep } from '../../model/types';
import { openTasks, pendingWork } from '../queries';
import { indexSpec } from '../specIndex';
import { Play, specOf } from '../testUtils';
import { HumanCommand } from '../types';
import { Random } from './Random';

const PEOPLE = ['ana', 'dev', 'ben', 'cho', 'dia', 'olu', 'zoe'];
const ROLES = ['dev', 'reviewer', 'ops', 'initiator', 'target-owner', 'named'];

const EVIDENCE: EvidenceField[] = [
  { id: 'rows', kind: 'number', integer: true, minimum: 0, required: true },
  { id: 'link', kind: 'url' },
  { id: 'tag', kind: 'text', pattern: 'v\\d+', required: true },
  { id: 'sure', kind: 'boolean', mustBeTrue: true, required: true },
  { id: 'size', kind: 'choice', options: ['small', 'large'] },
  { id: 'part', kind: 'entity' },
];

const GOOD: Record<string, JsonValue> = {
  rows: 3,
  link: 'https://example.com/a',
  tag: 'v12',
  sure: true,
  size: 'small',
  part: 'component:default/shop',
};

const CONDITIONS = [
  'inputs.flag',
  '!inputs.flag',
  'inputs.count > 2.0',
  'run.initiator == "user:default/dev"',
];

const ERRORS = ['inputs.nothing.more', 'inputs.count'];

/** Procedures with every kind of step the engine has, some of them nested. */
export function randomSpec(random: Random): SopSpec {
  let count = 0;
  const excluded = (earlier: SopStep[]) => {
    const rules = [
      ...(random.chance(0.4) ? ['initiator'] : []),
      ...earlier
        .filter(() => random.chance(0.3))
        .map(step => `actor:${step.id}`),
      ...(random.chance(0.1) ? ['user:default/ben'] : []),
    ];
    return rules.length ? { excludedOwners: rules } : {};
  };
  const base = (name: string) => {
    count += 1;
    return {
      id: `${name}${count}`,
      name: `Step ${count}`,
      ...(random.chance(0.15)
        ? { if: random.pick(random.chance(0.1) ? ERRORS : CONDITIONS) }
        : {}),
      ...(random.chance(0.3)
        ? {
            compensation: random.chance(0.6)
              ? { type: 'manual' as const, name: 'Undo', role: 'dev' }
              : { type: 'action' as const, name: 'Undo', action: 'x:undo' },
          }
        : {}),
    };
  };
  const back = (earlier: SopStep[]) =>
    earlier.length && random.chance(0.5)
      ? { returnTo: random.pick(earlier).id }
      : undefined;
  const automation = () => ({
    action: 'x:y',
    ...(random.chance(0.5)
      ? {
          input: {
            who: '${{ run.initiator }}',
            list: ['n-${{ inputs.count }}'],
          },
        }
      : {}),
    ...(random.chance(0.5)
      ? { retry: { limit: 1 + random.below(2), backoff: 'PT1S' } }
      : {}),
  });

  function make(earlier: SopStep[], depth: number): SopStep {
    const role = random.pick(ROLES);
    const kind = random.below(depth > 0 ? 12 : 10);
    if (kind < 3) {
      const evidence = EVIDENCE.filter(() => random.chance(0.3));
      const rows = evidence.some(field => field.id === 'rows');
      return {
        ...base('manual'),
        type: 'manual',
        role,
        ...excluded(earlier),
        ...(evidence.length ? { evidence } : {}),
        ...(rows && random.chance(0.5)
          ? { assert: [{ that: 'evidence.rows < 5.0', message: 'Too many' }] }
          : {}),
      };
    }
    if (kind < 6) {
      const onReject = back(earlier);
      return {
        ...base('approval'),
        type: 'approval',
        role: random.pick(['reviewer', 'reviewer', 'dev', 'named']),
        ...excluded(earlier),
        ...(random.chance(0.7)
          ? { quorum: random.pick([1, 2, 2, 'all', 'majority'] as const) }
          : {}),
        ...(random.chance(0.5) ? { veto: random.chance(0.5) } : {}),
        ...(random.chance(0.5)
          ? {
              reason: random.pick(['always', 'on-reject', 'optional'] as const),
            }
          : {}),
        ...(onReject ? { onReject } : {}),
      };
    }
    if (kind === 6) {
      const onReturn = back(earlier);
      return {
        ...base('handoff'),
        type: 'handoff',
        role,
        ...excluded(earlier),
        ...(onReturn ? { onReturn } : {}),
      };
    }
    if (kind === 7) {
      const waits = [
        { duration: 'PT1M' },
        { untilTime: '09:30', timezone: 'Europe/Berlin' },
        { until: '2026-11-02T09:05:00Z' },
        { duration: 'PT2H' },
        { until: random.chance(0.2) ? '${{ inputs.nothing }}' : '2026-11-03' },
      ];
      return { ...base('wait'), type: 'wait', ...random.pick(waits) };
    }
    if (kind === 8) {
      return { ...base('action'), type: 'action', ...automation() };
    }
    if (kind === 9) {
      return {
        ...base('check'),
        type: 'check',
        expect: 'output.value < 0.5',
        ...automation(),
      };
    }
    if (kind === 10) {
      return {
        ...base('parallel'),
        type: 'parallel',
        branches: Array.from({ length: 2 + random.below(2) }, () => ({
          steps: list(1 + random.below(2), depth - 1),
        })),
        ...(random.chance(0.6)
          ? { join: random.pick(['all', 'any', { atLeast: 2 }] as const) }
          : {}),
      };
    }
    return {
      ...base('switch'),
      type: 'switch',
      cases: Array.from({ length: 1 + random.below(2) }, () => ({
        if: random.pick(CONDITIONS),
        steps: list(1, depth - 1),
      })),
      ...(random.chance(0.7) ? { default: { steps: list(1, depth - 1) } } : {}),
    };
  }
  function list(length: number, depth: number): SopStep[] {
    const made: SopStep[] = [];
    while (made.length < length) {
      made.push(make(made, depth));
    }
    return made;
  }
  const steps = list(2 + random.below(5), 2);
  const spec = specOf(steps, {
    ...(random.chance(0.3) ? { onFailure: { compensate: 'reverse' } } : {}),
    ...(random.chance(0.3) ? { runTitle: 'Run of ${{ inputs.count }}' } : {}),
  });
  spec.roles!.named = { potentialOwners: ['user:default/cho', 'reviewers'] };
  return spec;
}

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
  if (dice < 0.5) {
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
    const step = indexSpec(play.spec).get(stepId)?.step;
    const evidence = evidenceFor(step, random);
    play.do(by, {
      type: 'complete',
      stepId,
      ...comment,
      ...(evidence ? { evidence } : {}),
    });
  }
}

function work(play: Play, random: Random): void {
  for (const one of pendingWork(play.state!, play.spec)) {
    const { stepId, attempt } = one;
    const at = { stepId, attempt, try: one.try ?? 1 };
    const due = !one.dueAt || Date.parse(one.dueAt) <= play.now;
    if (one.kind === 'wait' && due) {
      play.system({ type: 'timer-fired', stepId, attempt });
    } else if (one.kind === 'dispatch' && due && random.chance(0.8)) {
      play.system({ type: 'dispatch-action', ...at });
    } else if (one.kind === 'lease' && random.chance(0.7)) {
      if (random.chance(0.75)) {
        play.system({
          type: 'action-succeeded',
          ...at,
          output: { value: random.chance(0.8) ? 0.25 : 0.75 },
        });
      } else {
        play.system({
          type: 'action-failed',
          ...at,
          error: {
            name: random.chance(0.4) ? 'OutcomeUnknownError' : 'Error',
            message: 'It broke',
          },
          retryable: random.chance(0.6),
        });
      }
    }
  }
}

/** Plays a run at random; refused commands change nothing. */
export function randomPlay(random: Random, spec: SopSpec): Play {
  const play = new Play(spec).start(random.pick(PEOPLE), {
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
  for (let i = 0; i < moves && !play.state!.closedAt; i++) {
    try {
      move(play, random);
    } catch (error) {
      if ((error as Error).name === 'Error') {
        throw error;
      }
    }
    if (random.chance(0.2)) {
      play.wait(60_000 * random.below(30));
    }
    work(play, random);
  }
  return play;
}
