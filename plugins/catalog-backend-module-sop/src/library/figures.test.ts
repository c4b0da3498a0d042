import { SopStep } from '@handrail/plugin-sop-common';
import { allSteps, procedureNamed } from './__testUtils__/library';

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
    ['release at 14:00 UTC', 'release', 'slot', '14:00'],
    ['soak of 30 min', 'release', 'soak', '"PT30M"'],
    ['RED watched for 30 min', 'release', 'watch', '"PT30M"'],
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
    ['observed for 24 h', 'queue-scaling', 'observe', '"PT24H"'],
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
    ['RTO of 4 h', 'disaster-recovery', 'judge', 'evidence.rto <= 4.0'],
    ['RPO of 6 h', 'disaster-recovery', 'judge', 'evidence.rpo <= 6.0'],
    ['canary stages', 'canary-deployment', 'stages', '5 %, 25 %, 50 %, 100 %'],
    [
      'error budget is 100 % − SLO',
      'slo-definition',
      'budget',
      '100.0001 - steps.target.evidence.target',
    ],
    ['revocation within 24 h', 'access-review', 'revoke', '24 hours'],
    [
      'not from Thursday until Sunday',
      'web-publishing',
      'production',
      'Not from Thursday until Sunday',
    ],
    [
      'critical alert at once',
      'alert-response',
      'acknowledge-critical',
      'at once',
    ],
    ['warning within 1 h', 'alert-response', 'acknowledge-warning', '1 hour'],
    ['SEV-2 within 1 h', 'incident-management', 'acknowledge-2', '1 hour'],
    ['SEV-3 within 4 h', 'incident-management', 'acknowledge-3', '4 hours'],
    [
      'vulnerability acknowledged in 24 h',
      'vulnerability-management',
      'acknowledge',
      '24 hours',
    ],
    ['major within 2 days', 'urgent-matter', 'major', '2 days'],
    ['minor within the sprint', 'urgent-matter', 'minor', 'sprint'],
  ];

it.each(FIGURES)('%s', (_figure, sop, id, has) => {
  expect(text(sop, id)).toContain(has);
});

it.each([
  ['P0', '1 hour'],
  ['P1', '4 hours'],
  ['P2', '24 hours'],
  ['P3', '3 days'],
])('%s is answered within %s', (priority, within) => {
  const { spec } = procedureNamed('support-ticket');
  const [answer] = spec.steps;
  expect(JSON.stringify(answer)).toContain(`${priority}, within ${within}`);
});

it.each(['within 5 minutes', 'every 30 minutes', 'within 5 business days'])(
  'an incident has a duty %s',
  duty => {
    expect(
      procedureNamed('incident-response').entity.metadata.description,
    ).toContain(duty);
  },
);

it('is reviewed three months after the date of the document', () => {
  // Dated February 3, 2026; next review May 3, 2026.
  const { document } = procedureNamed('database-backup').spec;
  expect(document).toMatchObject({
    effectiveFrom: '2026-02-03',
    reviewEvery: 'P3M',
  });
});
