import {
  allSteps,
  LIBRARY,
  procedureNamed,
  stepOf,
} from './__testUtils__/library';

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
  expect(stepOf(sop, id)).toMatchObject(has);
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
