import { SopStep } from '@handrail/plugin-sop-common';
import { allSteps, LIBRARY, procedureNamed } from './__testUtils__/library';

function step(sop: string, id: string): SopStep {
  const found = allSteps(procedureNamed(sop).spec.steps).find(
    one => one.id === id,
  );
  if (!found) {
    throw new Error(`${sop} has no step "${id}"`);
  }
  return found;
}

/** A piece of a step as text: what must hold, what is waited for, what is said. */
function text(sop: string, id: string): string {
  return JSON.stringify(step(sop, id));
}

/**
 * Figures of the documents, and where the library has them. A figure that is
 * not in this table is not in the library.
 */
const FIGURES: Array<[figure: string, sop: string, step: string, has: string]> =
  [
    ['tag vYYYY.MM.DD.N', 'release', 'tag', 'v20\\\\d{2}'],
    [
      'nightly snapshots for 35 days',
      'backup-restore-drill',
      'inventory',
      'evidence.nightly >= 35',
    ],
    [
      'monthly snapshots for 12 months',
      'backup-restore-drill',
      'inventory',
      'evidence.monthly >= 12',
    ],
    [
      'coverage of 80 %',
      'testing-requirements',
      'coverage',
      'evidence.covered >= 80',
    ],
    [
      'functions below 50 lines',
      'coding-standards',
      'practices',
      'evidence.longest < 50',
    ],
    [
      'front end on port 3000',
      'development-environment-setup',
      'verify',
      '3000',
    ],
    ['API on port 8000', 'local-deployment', 'verify', '8000'],
    [
      '10,000 records',
      'connector-testing',
      'manual',
      'evidence.large >= 10000',
    ],
    ['Ubuntu 22.04', 'production-deployment', 'server', '22.04'],
    ['20 slowest statements', 'database-maintenance', 'slow', 'LIMIT 20'],
    [
      'pool above 80 %',
      'database-monitoring',
      'pool',
      'output.connectionsUsedPercent <= 80.0',
    ],
    [
      'cache hit below 95 %',
      'database-monitoring',
      'cache',
      'output.cacheHitPercent >= 95.0',
    ],
    [
      'statements above 5 min',
      'database-monitoring',
      'long-queries',
      'output.longestQuerySeconds <= 300.0',
    ],
    [
      'jobs stuck for more than 2 h',
      'queue-monitoring',
      'stuck',
      'output.value <= 7200.0',
    ],
    [
      'failed rate below 5 %',
      'queue-monitoring',
      'failed',
      'output.value < 5.0',
    ],
    [
      'queue below 1,000',
      'queue-monitoring',
      'length',
      'output.value < 1000.0',
    ],
    [
      'scale above 500 jobs or 30 min',
      'queue-scaling',
      'measure',
      'evidence.length > 500 || evidence.wait > 30',
    ],
    ['5 workers', 'queue-scaling', 'scale', 'worker=5'],
    [
      'CVSS bands',
      'vulnerability-management',
      'assess',
      'evidence.score >= 9.0 ? \\"Critical\\" : evidence.score >= 7.0 ? \\"High\\" : evidence.score >= 4.0 ? \\"Medium\\" : \\"Low\\"',
    ],
    ['CVSS from 0.1', 'vulnerability-management', 'assess', '"minimum":0.1'],
    ['CVSS to 10.0', 'vulnerability-management', 'assess', '"maximum":10'],
    [
      'full backup daily',
      'database-backup',
      'inventory',
      'evidence.full_age <= 24',
    ],
    ['full backup at 2', 'database-backup', 'inventory', '02:00'],
    [
      'incremental backup every 6 h',
      'database-backup',
      'inventory',
      'evidence.incremental_age <= 6',
    ],
    [
      'backups for 30 days',
      'database-backup',
      'inventory',
      'evidence.oldest <= 30',
    ],
    [
      'local copies for 7 days',
      'database-backup',
      'inventory',
      'evidence.oldest_local <= 7',
    ],
    [
      'an incremental backup each 6 h',
      'backup-age',
      'incremental',
      'output.value <= 21600.0',
    ],
    ['a full backup each day', 'backup-age', 'full', 'output.value <= 86400.0'],
    [
      'a snapshot each night',
      'snapshot-check',
      'nightly',
      'output.value <= 86400.0',
    ],
    [
      'a snapshot each month',
      'snapshot-check',
      'monthly',
      'output.value <= 2678400.0',
    ],
    ['RTO of 4 h', 'disaster-recovery', 'judge', 'evidence.rto <= 4.0'],
    ['RPO of 6 h', 'disaster-recovery', 'judge', 'evidence.rpo <= 6.0'],
    [
      'SEV-2 above 5 % of users',
      'incident-response',
      'assess',
      'evidence.severity != \\"SEV-2\\" || evidence.affected > 5.0',
    ],
    ['canary stages', 'canary-deployment', 'stages', '5 %, 25 %, 50 %, 100 %'],
    [
      'error budget is 100 % − SLO',
      'slo-definition',
      'budget',
      '100.0001 - steps.target.evidence.target',
    ],
  ];

it.each(FIGURES)('%s', (_figure, sop, id, has) => {
  expect(text(sop, id)).toContain(has);
});

const WEEKDAYS = 'MO,TU,WE,TH,FR';

/** A task is done within a time, and somebody is told when it is not. */
function within(time: string, ...to: string[]) {
  return {
    deadline: expect.objectContaining({
      completeWithin: time,
      escalations: expect.arrayContaining(
        to.map(group => ({ after: time, to: `group:default/${group}` })),
      ),
    }),
  };
}

/** Times of steps, in the fields that the engine goes by. */
const TIMES: Array<[figure: string, sop: string, step: string, has: object]> = [
  [
    'soak of 30 min, guarded',
    'release',
    'soak',
    { duration: 'PT30M', guard: { every: 'PT1M' } },
  ],
  [
    'RED watched for 30 min',
    'release',
    'watch',
    { duration: 'PT30M', guard: { every: 'PT1M' } },
  ],
  ['green synthetic run', 'release', 'synthetic', { maxAge: 'PT10M' }],
  [
    'production in the slot',
    'release',
    'production',
    { windows: ['release-hours'] },
  ],
  [
    'observed for 24 h',
    'queue-scaling',
    'observe',
    { duration: 'PT24H', guard: { expect: 'output.value < 1000.0' } },
  ],
  [
    'command of an incident within 5 min',
    'incident-response',
    'assess',
    { deadline: { startWithin: 'PT5M' } },
  ],
  [
    'first update within 30 min',
    'incident-response',
    'communicate',
    within('PT30M', 'ops-leads'),
  ],
  [
    'updates every 30 min',
    'incident-response',
    'respond',
    { branches: [{ every: 'PT30M' }, {}] },
  ],
  [
    'SEV-3 by the next business day',
    'incident-response',
    'take-up',
    { deadline: { completeWithin: 'P1D', calendar: 'office' } },
  ],
  [
    'review within 5 business days',
    'incident-response',
    'review',
    { deadline: { completeWithin: 'P5D', calendar: 'office' } },
  ],
  [
    'P0 in 1 h',
    'support-ticket',
    'verify-p0',
    within('PT1H', 'liberation-ops'),
  ],
  [
    'P1 in 4 h',
    'support-ticket',
    'verify-p1',
    within('PT4H', 'liberation-ops'),
  ],
  [
    'P2 in 24 h',
    'support-ticket',
    'verify-p2',
    within('PT24H', 'liberation-maintainers'),
  ],
  [
    'P3 in 3 days',
    'support-ticket',
    'verify-p3',
    within('P3D', 'liberation-maintainers'),
  ],
  [
    'critical alert at once',
    'alert-response',
    'acknowledge-critical',
    within('PT5M', 'ops-leads'),
  ],
  [
    'warning within 1 h',
    'alert-response',
    'acknowledge-warning',
    within('PT1H', 'ops-leads'),
  ],
  [
    'info in business hours',
    'alert-response',
    'acknowledge-info',
    { deadline: { calendar: 'business-hours' } },
  ],
  [
    'SEV-1 at once',
    'incident-management',
    'acknowledge-1',
    within('PT5M', 'ops-leads'),
  ],
  [
    'SEV-2 within 1 h',
    'incident-management',
    'acknowledge-2',
    within('PT1H', 'ops-leads'),
  ],
  [
    'SEV-3 within 4 h',
    'incident-management',
    'acknowledge-3',
    within('PT4H', 'ops-leads'),
  ],
  [
    'vulnerability acknowledged in 24 h',
    'vulnerability-management',
    'acknowledge',
    within('PT24H', 'security-leads'),
  ],
  [
    'revocation within 24 h',
    'access-review',
    'revoke',
    within('PT24H', 'security-leads'),
  ],
  [
    'sessions end at once',
    'offboarding',
    'sessions',
    within('PT1H', 'security-leads'),
  ],
  [
    'critical right away',
    'urgent-matter',
    'critical',
    within('PT1H', 'grid-stakeholders'),
  ],
  [
    'major within 2 days',
    'urgent-matter',
    'major',
    within('P2D', 'grid-stakeholders'),
  ],
  [
    'minor within the sprint',
    'urgent-matter',
    'minor',
    within('P14D', 'grid-stakeholders'),
  ],
];

it.each(TIMES)('%s', (_figure, sop, id, has) => {
  expect(step(sop, id)).toMatchObject(has);
});

/** A window of a procedure. */
const window = (name: string, rrule: string, duration: string) => ({
  windows: expect.arrayContaining([
    expect.objectContaining({ name, rrule, duration, timezone: 'Etc/UTC' }),
  ]),
});

/** Cadences, windows, rotations and dates of whole procedures. */
const CADENCES: Array<[figure: string, sop: string, has: object]> = [
  [
    'releases every weekday',
    'release',
    { schedule: { rrule: `FREQ=WEEKLY;BYDAY=${WEEKDAYS};BYHOUR=9` } },
  ],
  [
    'weekdays at 14:00 UTC',
    'release',
    window('release-hours', `FREQ=WEEKLY;BYDAY=${WEEKDAYS};BYHOUR=14`, 'PT4H'),
  ],
  [
    'hotfixes at any time',
    'release',
    { windows: [{ effect: 'allow', unless: 'inputs.hotfix' }] },
  ],
  ['a captain a week', 'release', { roles: { captain: { rotate: 'P1W' } } }],
  [
    'nothing after Wednesday',
    'service-process',
    window('release-days', 'FREQ=WEEKLY;BYDAY=TH;BYHOUR=0', 'P3D'),
  ],
  [
    'not from Thursday until Sunday',
    'web-publishing',
    window('web-freeze', 'FREQ=WEEKLY;BYDAY=TH;BYHOUR=0', 'P4D'),
  ],
  [
    'operations from Sunday until Thursday',
    'urgent-matter',
    window('operations-days', 'FREQ=WEEKLY;BYDAY=SU;BYHOUR=0', 'P5D'),
  ],
  [
    'on call on Friday and Saturday',
    'urgent-matter',
    window('on-call', 'FREQ=WEEKLY;BYDAY=FR,SA;BYHOUR=8', 'PT12H'),
  ],
  [
    'access is reviewed quarterly',
    'access-review',
    {
      schedule: { rrule: 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO;BYHOUR=8' },
    },
  ],
  [
    'a restore drill quarterly',
    'backup-restore-drill',
    {
      schedule: { rrule: 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO;BYHOUR=9' },
    },
  ],
  [
    'maintenance weekly',
    'database-maintenance',
    { schedule: { rrule: 'FREQ=WEEKLY;BYDAY=SU;BYHOUR=3' } },
  ],
  [
    'the queue is checked daily',
    'queue-monitoring',
    { schedule: { rrule: 'FREQ=DAILY;BYHOUR=8' } },
  ],
  [
    'backups are verified weekly',
    'database-backup',
    { schedule: { rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9' } },
  ],
  [
    'backups are looked at six-hourly',
    'backup-age',
    { schedule: { rrule: 'FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=30' } },
  ],
  [
    'snapshots are looked at nightly',
    'snapshot-check',
    { schedule: { rrule: 'FREQ=DAILY;BYHOUR=6' } },
  ],
  [
    'disaster recovery is tested yearly',
    'disaster-recovery',
    {
      schedule: {
        rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=3;BYHOUR=9',
        inputs: { drill: true },
      },
    },
  ],
  [
    // Dated February 3, 2026; next review May 3, 2026.
    'reviewed three months after the date of the document',
    'database-backup',
    { document: { effectiveFrom: '2026-02-03', reviewEvery: 'P3M' } },
  ],
];

it.each(CADENCES)('%s', (_figure, sop, has) => {
  expect(procedureNamed(sop).spec).toMatchObject(has);
});

it('every time that the library has is a figure of a document or a choice', () => {
  const known = new Set(TIMES.map(([, sop, id]) => `${sop} ${id}`));
  const timed = LIBRARY.flatMap(({ name, spec }) =>
    allSteps(spec.steps)
      .filter(one => 'deadline' in one || 'guard' in one)
      .map(one => `${name} ${one.id}`),
  );
  expect(timed.filter(one => !known.has(one))).toEqual([
    // Written down in the file, as the documents give no figure.
    'access-review review',
    'offboarding devices',
    'offboarding roles',
    'urgent-matter take',
    'urgent-matter label',
    'urgent-matter operations-critical',
    'urgent-matter operations-major',
    'urgent-matter operations-minor',
  ]);
});

it('every cadence that the library has is a figure of a document or a choice', () => {
  const known = new Set(CADENCES.map(([, sop]) => sop));
  const scheduled = LIBRARY.filter(one => one.spec.schedule).map(
    one => one.name,
  );
  expect(scheduled.filter(one => !known.has(one))).toEqual([
    // Chosen, as the document says “regular” and “maintain”.
    'knowledge-base-upkeep',
    'sprint-retrospective',
  ]);
});
