import { formatProblem, validateSopPolicy } from '..';

type Spec = Record<string, unknown>;

function policy(spec: Spec, entity: object = {}): object {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOPPolicy',
    metadata: { name: 'payments', title: 'Payments' },
    spec: {
      owner: 'group:default/payments',
      targets: { kind: 'Component', 'spec.system': 'payments' },
      ...spec,
    },
    ...entity,
  };
}

const freeze = {
  name: 'freeze',
  effect: 'deny',
  rrule: 'FREQ=WEEKLY;BYDAY=TH;BYHOUR=0;BYMINUTE=0',
  duration: 'P4D',
  timezone: 'Europe/Berlin',
};

it('accepts a policy with every demand', () => {
  const full = policy({
    procedures: { 'spec.type': 'release' },
    steps: { types: ['manual', 'approval', 'action'], tags: ['production'] },
    windows: [freeze],
    minQuorum: 2,
    excludedOwners: ['initiator', 'actor:*', 'group:default/contractors'],
    requireEvidence: [{ id: 'ticket', kind: 'text', pattern: 'PAY-\\d+' }],
    requireReason: true,
    lock: 'production:${{ target.metadata.name }}',
  });
  expect(validateSopPolicy(full)).toEqual([]);
});

it.each<[string, Spec, string]>([
  [
    'nothing that tightens',
    {},
    'spec: found owner, targets; allowed: at least one of windows, minQuorum, excludedOwners, requireEvidence, requireReason, lock (tightens nothing)',
  ],
  [
    'a demand that loosens',
    { minQuorum: 2, quorum: 1 },
    'spec.quorum: found "quorum"; allowed: owner, targets, procedures, steps, windows, minQuorum, excludedOwners, requireEvidence, requireReason, lock (a policy can only tighten what a procedure asks for)',
  ],
  [
    'a window with a way round it',
    { windows: [{ ...freeze, unless: 'inputs.hotfix' }] },
    'spec.windows[0].unless: found "unless"; allowed: name, effect, rrule, dtstart, duration, timezone (a policy can only tighten what a procedure asks for)',
  ],
  [
    'a reason that need not be given',
    { requireReason: false },
    'spec.requireReason: found false; allowed: true (a policy can only tighten what a procedure asks for)',
  ],
  [
    'evidence that need not be left',
    { requireEvidence: [{ id: 'a', kind: 'text', required: false }] },
    'spec.requireEvidence[0].required: found false; allowed: true, or nothing (a policy can only tighten what a procedure asks for)',
  ],
  [
    'a quorum of nobody',
    { minQuorum: 0 },
    'spec.minQuorum: found 0; allowed: a whole number from 1 to 100 (is not allowed)',
  ],
  [
    'a misspelt property',
    { minQuorm: 2 },
    'spec.minQuorm: found "minQuorm"; allowed: owner, targets, procedures, steps, windows, minQuorum, excludedOwners, requireEvidence, requireReason, lock (unknown property, did you mean "minQuorum"?)',
  ],
  [
    'a step type that is none',
    { minQuorum: 2, steps: { types: ['aproval'] } },
    'spec.steps.types[0]: found "aproval"',
  ],
  [
    'a demand on steps that are left out',
    { minQuorum: 2, steps: { types: ['action'] } },
    'spec.minQuorum: found action; allowed: spec.steps.types with approval (is about approval steps, which spec.steps.types leaves out)',
  ],
  [
    'a target that is no predicate',
    { minQuorum: 2, targets: { kind: { $is: 'Component' } } },
    'spec.targets.kind.$is: found "$is"',
  ],
  [
    'an owner that is none',
    { minQuorum: 2, owner: 'component:default/x' },
    'spec.owner: found "component:default/x"; allowed: an entity ref of kind group or user, such as group:default/name (is of the wrong kind)',
  ],
  [
    'an exclusion of nobody',
    { excludedOwners: ['everybody'] },
    'spec.excludedOwners[0]: found "everybody"; allowed: initiator, actor:*, actor:<stepId>, or a user or group ref',
  ],
  [
    'two windows of one name',
    { windows: [freeze, freeze] },
    'spec.windows[1].name: found "freeze"; allowed: a name that no other window of the policy has (duplicate name, first used at spec.windows[0])',
  ],
  [
    'a window of no length',
    { windows: [{ ...freeze, duration: 'P0D' }] },
    'spec.windows[0]: the duration is "P0D"; allowed are ISO 8601 durations such as "PT4H", more than zero and at most 366 days',
  ],
  [
    'a zone that is none',
    { windows: [{ ...freeze, timezone: 'Europe/Atlantis' }] },
    'spec.windows[0]: ',
  ],
  [
    'windows that never open',
    {
      windows: [
        {
          name: 'always',
          effect: 'deny',
          rrule: 'FREQ=DAILY',
          duration: 'P1D',
        },
      ],
    },
    'spec.windows: found always; allowed: windows that leave some time (never open: no time within five years is allowed)',
  ],
  [
    'a recurrence that is none',
    { windows: [{ ...freeze, rrule: 'FREQ=WEEKLY;BYDAY=XX' }] },
    'spec.windows[0]: ',
  ],
  [
    'a lock that whoever starts can choose',
    { lock: '${{ inputs.key }}' },
    'spec.lock: found "inputs.key"; allowed: an expression over target (refers to "inputs", which whoever starts a run can choose)',
  ],
  [
    'a lock that never ends',
    { lock: 'a:${{ target.kind' },
    'spec.lock: found "a:${{ target.kind" (a "${{" is never closed)',
  ],
  [
    'evidence twice',
    {
      requireEvidence: [
        { id: 'a', kind: 'text' },
        { id: 'a', kind: 'url' },
      ],
    },
    'spec.requireEvidence[1].id: found "a"; allowed: an id that no other evidence of the step has (duplicate evidence id, first used at spec.requireEvidence[0].id)',
  ],
])('refuses %s', (_name, spec, expected) => {
  const lines = validateSopPolicy(policy(spec)).map(formatProblem);
  expect(lines.some(line => line.startsWith(expected))).toBe(true);
});

it('names kind and version', () => {
  const lines = validateSopPolicy(
    policy({ minQuorum: 2 }, { apiVersion: 'handrail.dev/v2' }),
  ).map(formatProblem);
  expect(lines).toEqual([
    'apiVersion: found "handrail.dev/v2"; allowed: handrail.dev/v1alpha1 (is not allowed)',
  ]);
});
