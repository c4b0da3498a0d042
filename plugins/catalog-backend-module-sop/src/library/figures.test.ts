import { stepOf } from './__testUtils__/library';

/** A piece of a step as text: what must hold, what is waited for, what is said. */
function text(sop: string, id: string): string {
  return JSON.stringify(stepOf(sop, id));
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
