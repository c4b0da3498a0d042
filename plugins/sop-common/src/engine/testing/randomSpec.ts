import {
  EvidenceField,
  SopDeadline,
  SopGuard,
  SopSpec,
  SopStep,
  SopStepType,
} from '../../model/types';
import { specOf } from '../testUtils';
import { Random } from './Random';
import { LOCKS } from './randomPolicies';
import { randomWindows } from './randomWindows';

const ROLES = [
  ...['dev', 'reviewer', 'ops', 'initiator', 'target-owner', 'named'],
  'duty',
];

const EVIDENCE: EvidenceField[] = [
  { id: 'rows', kind: 'number', integer: true, minimum: 0, required: true },
  { id: 'link', kind: 'url' },
  { id: 'tag', kind: 'text', pattern: 'v\\d+', required: true },
  { id: 'sure', kind: 'boolean', mustBeTrue: true, required: true },
  { id: 'size', kind: 'choice', options: ['small', 'large'] },
  { id: 'part', kind: 'entity' },
];

const CONDITIONS = [
  'inputs.flag',
  '!inputs.flag',
  'inputs.count > 2.0',
  'run.initiator == "user:default/dev"',
];

const ERRORS = ['inputs.nothing.more', 'inputs.count'];

const LENGTHS = ['PT5M', 'PT20M', 'PT45M', 'PT2H'];
const MAX_AGES = ['PT10S', 'PT5M', 'PT30M'];

/** By when a task must be begun and done. */
function randomDeadline(random: Random, type: SopStepType): SopDeadline {
  const effects = ({
    approval: ['none', 'fail', 'reject'],
    handoff: ['none', 'fail', 'return'],
  }[type as string] ?? ['none', 'fail']) as SopDeadline['onTimeout'][];
  return {
    ...(random.chance(0.6) ? { startWithin: random.pick(LENGTHS) } : {}),
    ...(random.chance(0.7)
      ? {
          completeWithin: random.pick(LENGTHS),
          onTimeout: random.pick(effects),
        }
      : {}),
    ...(random.chance(0.2) ? { calendar: 'work' } : {}),
    ...(random.chance(0.6)
      ? {
          escalations: Array.from({ length: 1 + random.below(3) }, () => ({
            after: random.pick(LENGTHS),
            to: random.pick([
              'ops',
              'user:default/zoe',
              ['group:default/reviewers', 'user:default/olu'],
            ]),
            ...(random.chance(0.5) ? { action: 'widen' as const } : {}),
            ...(random.chance(0.3) ? { unlessStarted: true } : {}),
          })),
        }
      : {}),
  };
}

function randomGuard(random: Random): SopGuard {
  return {
    action: 'x:measure',
    expect: random.chance(0.95) ? 'output.value < 0.9' : 'output.nothing',
    every: random.pick(['PT30S', 'PT5M']),
    ...(random.chance(0.5)
      ? { retry: { limit: random.below(2), backoff: 'PT10S' } }
      : {}),
  };
}

/** Procedures with every kind of step the engine has, some of them nested. */
export function randomSpec(random: Random): SopSpec {
  let count = 0;
  const windows = randomWindows(random);
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
      ...(windows.length && random.chance(0.25)
        ? {
            windows: windows
              .filter(() => random.chance(0.6))
              .map(window => window.name),
          }
        : {}),
      ...(random.chance(0.2) ? { tags: ['change'] } : {}),
      ...(random.chance(0.12) ? { lock: random.pick(LOCKS) } : {}),
    };
  };
  const timely = (type: SopStepType) => ({
    ...(random.chance(0.3) ? { deadline: randomDeadline(random, type) } : {}),
    ...(random.chance(0.2) ? { every: random.pick(LENGTHS) } : {}),
  });
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

  function approval(earlier: SopStep[]): SopStep {
    const onReject = back(earlier);
    return {
      ...base('approval'),
      type: 'approval',
      role: random.pick(['reviewer', 'reviewer', 'dev', 'named']),
      ...excluded(earlier),
      ...timely('approval'),
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
        ...timely('manual'),
        ...(evidence.length ? { evidence } : {}),
        ...(rows && random.chance(0.5)
          ? { assert: [{ that: 'evidence.rows < 5.0', message: 'Too many' }] }
          : {}),
      };
    }
    if (kind < 6) {
      return approval(earlier);
    }
    if (kind === 6) {
      const onReturn = back(earlier);
      return {
        ...base('handoff'),
        type: 'handoff',
        role,
        ...excluded(earlier),
        ...timely('handoff'),
        ...(onReturn ? { onReturn } : {}),
      };
    }
    if (kind === 7 && random.chance(0.35)) {
      return {
        ...base('listen'),
        type: 'listen',
        topic: 'confirmed',
        correlate: random.pick([
          'event.payload.count > 1.0',
          'event.payload.count == inputs.count',
        ]),
        ...(random.chance(0.3) ? { source: 'registry' } : {}),
        ...(random.chance(0.3) ? { lookback: 'PT1M' } : {}),
        ...(random.chance(0.5) ? { timeout: random.pick(LENGTHS) } : {}),
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
      return {
        ...base('wait'),
        type: 'wait',
        ...random.pick(waits),
        ...(random.chance(0.5) ? { guard: randomGuard(random) } : {}),
      };
    }
    if (kind === 8) {
      return {
        ...base('action'),
        type: 'action',
        ...automation(),
        ...(random.chance(0.5)
          ? {
              inDoubt: {
                role: random.pick(ROLES),
                ...excluded(earlier),
              },
            }
          : {}),
      };
    }
    if (kind === 9) {
      return {
        ...base('check'),
        type: 'check',
        expect: 'output.value < 0.5',
        ...automation(),
        ...(random.chance(0.6) ? { maxAge: random.pick(MAX_AGES) } : {}),
      };
    }
    if (kind === 10) {
      return {
        ...base('parallel'),
        type: 'parallel',
        branches: Array.from({ length: 2 + random.below(2) }, () => ({
          steps: list(1 + random.below(2), depth - 1),
          ...(random.chance(0.3) ? { every: random.pick(LENGTHS) } : {}),
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
      const step = make(made, depth);
      made.push(step);
      if (step.type === 'check' && step.maxAge && random.chance(0.6)) {
        made.push(approval(made));
      }
    }
    return made;
  }
  const steps = list(2 + random.below(5), 2);
  const spec = specOf(steps, {
    ...(random.chance(0.3) ? { onFailure: { compensate: 'reverse' } } : {}),
    ...(random.chance(0.5)
      ? {
          breakGlass: {
            ...(random.chance(0.5) ? { role: random.pick(ROLES) } : {}),
            ...(random.chance(0.5) ? { reviewer: random.pick(ROLES) } : {}),
            ...(random.chance(0.3) ? { reviewWithin: 'PT8H' } : {}),
          },
        }
      : {}),
    ...(random.chance(0.3) ? { runTitle: 'Run of ${{ inputs.count }}' } : {}),
  });
  spec.roles!.named = { potentialOwners: ['user:default/cho', 'reviewers'] };
  spec.roles!.duty = {
    potentialOwners: ['user:default/olu', 'reviewers'],
    ...(random.chance(0.7)
      ? {
          rotate: random.pick([
            'PT4H',
            {
              every: 'P1D',
              from: '2026-10-01T10:00',
              timezone: 'Asia/Kolkata',
            },
          ]),
        }
      : {}),
  };
  if (windows.length) {
    spec.windows = windows;
  }
  spec.calendars = {
    work: {
      timezone: 'Europe/Berlin',
      hours: { from: '09:00', to: '11:00' },
    },
  };
  return spec;
}
