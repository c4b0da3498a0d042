import { readFileSync } from 'fs';
import { resolve } from 'path';
import { parseEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  Actor,
  AnyRunEvent,
  decide,
  EvidenceField,
  evolve,
  indexSpec,
  openTasks,
  pendingWork,
  RunCommand,
  RunState,
  SopSpec,
  stepState,
  TOUR_REPORTER,
} from '@handrail/plugin-sop-common';
import { parse } from 'yaml';

const SHOP = 'component:default/shop';

type Evidence = Record<string, string | number | boolean>;

/** What cannot be guessed from the type of a piece of evidence. */
const PROCEDURES: Record<
  string,
  {
    inputs: Evidence;
    evidence: Record<string, Evidence>;
    /** Entity ref; a component when absent. */
    target?: string;
  }
> = {
  onboarding: {
    inputs: { buddy: 'user:default/ana.duarte' },
    evidence: {},
    target: 'user:default/somebody-new',
  },
  'sop-001-development-workflow': {
    inputs: { ticket: 'PAY-142', summary: 'Retry', domainLogic: true },
    evidence: {
      branch: { branch: 'feat/PAY-142-retry-charges' },
      merge: { message: 'feat(pay): retry charges', commit: '0a1b2c3d' },
    },
  },
  'sop-002-release': {
    inputs: { summary: 'Faster checkout', hotfix: false },
    evidence: {
      tag: { tag: 'v2026.11.21.1' },
      staging: { version: 'v2026.11.21.1' },
      production: { previous: 'v2026.11.20.2', version: 'v2026.11.21.1' },
    },
  },
  'sop-004-data-change': {
    inputs: { ticket: 'DATA-31', summary: 'Currency', database: 'ledger' },
    evidence: {
      script: { script: 'UPDATE a', rollback: 'UPDATE b', expected_delta: -3 },
      staging: { rows_before: 10, rows_after: 7 },
      apply: { rows_before: 50, rows_after: 47 },
    },
  },
  'deploy-003-database-migration': {
    inputs: { summary: 'Add an index' },
    evidence: { backup: { size: 3 }, verify: { pending: 0 } },
  },
};

/** What actions answer, by step; an HTTP endpoint that is well else. */
const OPEN = { allowed: true, sentence: 'shop may be changed now.' };
const OUTPUTS: Record<string, JsonObject> = { 'may-start': OPEN, gate: OPEN };

function guess(field: EvidenceField): string | number | boolean {
  switch (field.kind) {
    case 'number':
      return field.minimum ?? 1;
    case 'boolean':
      return true;
    case 'url':
      return 'https://example.org/1';
    case 'choice':
      return field.options?.[0] ?? '';
    case 'entity':
      return 'component:default/shop';
    default:
      return 'text';
  }
}

/** A stranger to all earlier steps, in every group that may act on this one. */
function somebodyNew(owners: string[], n: number): Actor {
  const ref = `user:default/person-${n}`;
  return { ref, kind: 'user', ownershipEntityRefs: [ref, ...owners] };
}

function play(
  name: string,
  outputs = OUTPUTS,
): { state: RunState; events: AnyRunEvent[] } {
  const file = resolve(__dirname, `../../../catalog/sops/${name}.yaml`);
  const spec = parse(readFileSync(file, 'utf8')).spec as SopSpec;
  const { inputs, evidence, target = SHOP } = PROCEDURES[name];
  const { kind, name: targetName } = parseEntityRef(target);
  let state: RunState | undefined;
  let now = Date.parse('2026-11-02T09:00:00.000Z');
  const events: AnyRunEvent[] = [];
  const run = (command: RunCommand, actor?: Actor) => {
    const at = new Date(now).toISOString();
    const facts = { now: at, actor, spec, reporter: TOUR_REPORTER };
    for (const event of decide(state, command, facts)) {
      state = evolve(state, event);
      events.push(event);
    }
  };
  run(
    {
      type: 'start',
      runId: 'run-1',
      sopRef: `sop:default/${name}`,
      revisionHash: 'hash',
      title: name,
      inputs,
      target: {
        entityRef: target,
        kind,
        namespace: 'default',
        name: targetName,
        metadata: {},
        spec: {},
      },
    },
    somebodyNew([], 0),
  );
  for (let turn = 1; turn < 200 && state && !state.closedAt; turn++) {
    const current: RunState = state;
    const [task] = openTasks(current, spec);
    const [work] = pendingWork(current, spec);
    if (task) {
      const step = indexSpec(spec).get(task.stepId)!.step;
      const at = { stepId: task.stepId, taskVersion: task.version };
      const [owner] = task.potentialOwners;
      const actor: Actor = owner.startsWith('user:')
        ? { ref: owner, kind: 'user', ownershipEntityRefs: [owner] }
        : somebodyNew(task.potentialOwners, turn);
      if (step.type === 'approval') {
        run({ type: 'vote', ...at, decision: 'approve', reason: 'ok' }, actor);
      } else if (step.type === 'handoff') {
        run({ type: 'accept', ...at }, actor);
      } else if (step.type === 'tour') {
        run(
          {
            type: 'tour-finished',
            stepId: step.id,
            tour: step.tour,
            tourVersion: 1,
            finishedAt: new Date(now).toISOString(),
          },
          actor,
        );
      } else if (step.type === 'manual') {
        const values = Object.fromEntries(
          (step.evidence ?? []).map(field => [
            field.id,
            evidence[step.id]?.[field.id] ?? guess(field),
          ]),
        );
        run({ type: 'complete', ...at, evidence: values }, actor);
      }
    } else if (work) {
      now = Math.max(now, Date.parse(work.dueAt ?? '') || 0);
      const { stepId, attempt } = work;
      if (work.kind === 'wait') {
        run({ type: 'timer-fired', stepId, attempt });
      } else if (work.kind === 'dispatch') {
        run({ type: 'dispatch-action', stepId, attempt, try: work.try! });
      } else {
        run({
          type: 'action-succeeded',
          stepId,
          attempt,
          try: work.try!,
          output: outputs[stepId] ?? { status: 200 },
        });
      }
    }
  }
  return { state: state!, events };
}

it.each(Object.keys(PROCEDURES))('%s can be taken to its end', name => {
  const { state } = play(name);
  expect(
    Object.values(state.steps)
      .filter(step => !['completed', 'skipped'].includes(step.status))
      .map(step => `${step.id}: ${step.status} ${step.error?.message ?? ''}`),
  ).toEqual([]);
  expect(state.status).toBe('completed');
});

it('lets a release soak for 30 minutes and waits for 14:00 UTC', () => {
  const { state } = play('sop-002-release');
  const soak = stepState(state, 'soak');
  const slot = stepState(state, 'slot');
  const minutes = (from?: string, to?: string) =>
    (Date.parse(to ?? '') - Date.parse(from ?? '')) / 60_000;
  expect(minutes(soak.startedAt, soak.endedAt)).toBe(30);
  expect(slot.endedAt).toBe('2026-11-02T14:00:00.000Z');
  const watch = stepState(state, 'watch');
  expect(minutes(watch.startedAt, watch.endedAt)).toBe(30);
});

it.each([
  ['may-start', 'notes'],
  ['gate', 'go'],
])('holds a release at %s while the change gate is closed', (id, next) => {
  const sentence = 'shop must not be changed now. INC-7 (SEV-1) is open.';
  const { state } = play('sop-002-release', {
    ...OUTPUTS,
    [id]: { allowed: false, sentence },
  });
  expect(state.status).toBe('held');
  expect(state.steps[id]).toMatchObject({
    status: 'failed',
    error: { name: 'CheckFailed', message: sentence },
  });
  expect(stepState(state, next).status).toBe('pending');
});
