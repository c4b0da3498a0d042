import { JsonObject, JsonValue } from '@backstage/types';
import { procedureNamed } from './library';
import { Plan, Played, Player } from './Player';

const OPEN = { allowed: true, sentence: 'shop may be changed now.' };
const metric = (value: number): JsonValue => ({ value });
const entity = (name: string): JsonValue => ({ metadata: { name } });

/** What cannot be guessed from the types, by name of the procedure. */
export const PLANS: Record<string, Plan> = {
  onboarding: {
    inputs: { buddy: 'user:default/ana.duarte' },
    target: 'user:default/somebody-new',
  },
  'development-workflow': {
    inputs: { ticket: 'PAY-142', summary: 'Retry', domainLogic: true },
    evidence: {
      branch: { branch: 'feat/PAY-142-retry-charges' },
      merge: { message: 'feat(pay): retry charges' },
    },
  },
  'incident-response': { evidence: { assess: { affected: 12 } } },
  release: {
    inputs: { summary: 'Faster checkout', hotfix: false },
    evidence: {
      tag: { tag: 'v2026.11.21.1' },
      staging: { version: 'v2026.11.21.1' },
      production: { previous: 'v2026.11.20.2', version: 'v2026.11.21.1' },
    },
    outputs: { 'may-start': OPEN, gate: OPEN, watch: OPEN },
  },
  'data-change': {
    inputs: { ticket: 'DATA-31', summary: 'Currency', database: 'ledger' },
    evidence: {
      script: { script: 'UPDATE a', rollback: 'UPDATE b', expected_delta: -3 },
      staging: { rows_before: 10, rows_after: 7 },
      apply: { rows_before: 50, rows_after: 47 },
    },
  },
  'database-migration': {
    evidence: { backup: { size: 3 }, verify: { pending: 0 } },
  },
  'code-contribution': {
    inputs: { kind: 'feature', slug: 'asana-connector' },
    evidence: {
      branch: { branch: 'feature/asana-connector' },
      commit: { message: 'feat: add Asana connector' },
    },
  },
  'testing-requirements': {
    evidence: {
      unit: { failed: 0 },
      integration: { failed: 0 },
      coverage: { covered: 80 },
    },
  },
  'connector-testing': { evidence: { manual: { large: 10_000 } } },
  'local-deployment': { evidence: { verify: { health: 200 } } },
  'production-deployment': { evidence: { verify: { health: 200 } } },
  'database-monitoring': {
    outputs: Object.fromEntries(
      ['pool', 'cache', 'long-queries'].map(id => [
        id,
        {
          connectionsUsedPercent: 80,
          cacheHitPercent: 95,
          longestQuerySeconds: 300,
        },
      ]),
    ),
  },
  'queue-monitoring': {
    outputs: {
      stuck: metric(7200),
      failed: metric(4.9),
      length: metric(999),
    },
  },
  'backup-age': {
    outputs: { incremental: metric(21_600), full: metric(86_400) },
  },
  'snapshot-check': {
    outputs: { nightly: metric(86_400), monthly: metric(2_678_400) },
  },
  'queue-scaling': {
    evidence: {
      measure: { length: 501, workers: 2 },
      scale: { workers: 5 },
    },
    outputs: { observe: metric(400) },
  },
  'system-monitoring': {
    outputs: {
      up: metric(1),
      errors: metric(0.2),
      pool: metric(40),
      backlog: metric(12),
    },
  },
  'vulnerability-management': {
    evidence: {
      assess: { score: 9.8, severity: 'Critical', vector: 'CVSS:3.1/AV:N' },
    },
  },
  'version-release': {
    inputs: { version: '2.1.0' },
    evidence: {
      branch: { branch: 'release/2.1.0' },
      version: { previous: '2.0.4' },
      tag: { tag: 'v2.1.0' },
    },
  },
  'product-process': { evidence: { test: { open: 0 } } },
  'service-process': { evidence: { test: { open: 0 } } },
  'project-process': { evidence: { test: { open: 0 } } },
  'new-priority': { evidence: { current: { open: 0 } } },
  'access-review': {
    target: 'group:default/payments',
    evidence: { review: { people: 4, revoke: 1 } },
  },
  'access-request': {
    inputs: { person: 'user:default/ana.duarte', role: 'operator' },
  },
  offboarding: { target: 'user:default/somebody-gone' },
  'backup-restore-drill': {
    evidence: { inventory: { nightly: 35, monthly: 12 } },
  },
  'iac-migration': { evidence: { import: { changes: 0 } } },
  'pipeline-optimization': {
    evidence: { analyze: { before: 20 }, validate: { after: 8 } },
  },
  'toil-reduction': {
    evidence: { measure: { before: 20 }, validate: { after: 8 } },
  },
  'slo-definition': {
    inputs: { slo: 'shop-availability' },
    evidence: { target: { target: 99.5 }, budget: { budget: 0.5 } },
    outputs: { registered: entity('shop-availability') },
  },
  'service-template': {
    inputs: { template: 'worker' },
    outputs: { registered: entity('worker') },
  },
  'capacity-planning': {
    evidence: { forecast: { peak: 800 }, headroom: { capacity: 1000 } },
  },
  'kubernetes-migration': {
    evidence: { autoscaling: { least: 2, most: 6 } },
  },
  'story-to-production': {
    inputs: { ticket: 'SSIM-142' },
    evidence: { branch: { branch: 'SSIM-142-short-slug' } },
  },
  'bug-fix': {
    inputs: { ticket: 'SSIM-7' },
    evidence: { branch: { branch: 'SSIM-7-short-slug' } },
  },
  'ticket-transitions': {
    inputs: { ticket: 'SSIM-9' },
    evidence: { 'branch-by-hand': { branch: 'SSIM-9-short-slug' } },
  },
  'sprint-retrospective': {
    evidence: { actions: { items: 'Split the test, Ana\n\n Rest, Bo \n' } },
  },
};

const TICKET = { key: 'SSIM-9', url: 'https://desk.example/browse/SSIM-9' };
const GIT_EVENT = {
  tickets: ['SSIM-9'],
  data: {
    action: 'closed',
    pull_request: {
      merged: true,
      html_url: 'https://git.example/pull/1',
      title: 'Open the wallet',
      merge_commit_sha: '0123abc',
    },
    repository: { html_url: 'https://git.example' },
  },
};

/** Runs in which a step happens that neither the plan nor a choice leads to. */
export const SIDE_PATHS: Record<string, Plan[]> = {
  'disaster-recovery': [
    { evidence: { measure: { rto: 5, rpo: 1 } } },
    { inputs: { drill: false }, evidence: { restore: { lost: 9 } } },
  ],
  // A portal that knows a ticket system and a wiki.
  'story-to-production': [{ inputs: { tickets: 'jira' } }],
  'bug-fix': [{ inputs: { tickets: 'jira' } }],
  'service-desk-request': [
    { inputs: { tickets: 'jira' }, outputs: { create: TICKET } },
  ],
  'ticket-transitions': [
    {
      inputs: { tickets: 'jira' },
      outputs: { ticket: { ...TICKET, state: 'To Do', category: 'to-do' } },
      events: {
        'branch-created': GIT_EVENT,
        'pull-request': GIT_EVENT,
        merged: GIT_EVENT,
      },
    },
  ],
  'knowledge-base-upkeep': [
    {
      inputs: { wiki: 'handbook' },
      evidence: { write: { text: '# Text' }, merge: { path: 'log-in' } },
      annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
    },
  ],
  'sprint-retrospective': [
    { inputs: { tickets: 'jira' }, outputs: { create: TICKET } },
    { evidence: { actions: { items: '' } } },
  ],
  'urgent-matter': [
    ...['critical', 'major', 'minor'].map(label => ({
      evidence: { label: { label, operations: false } },
    })),
  ],
};

/** One plan on top of another. */
export function combine(base: Plan, change: Plan): Plan {
  const evidence: Record<string, JsonObject> = { ...base.evidence };
  for (const [step, values] of Object.entries(change.evidence ?? {})) {
    evidence[step] = { ...evidence[step], ...values };
  }
  return {
    ...base,
    ...change,
    inputs: { ...base.inputs, ...change.inputs },
    outputs: { ...base.outputs, ...change.outputs },
    evidence: evidence as Plan['evidence'],
  };
}

/** Plays a procedure of the library as its plan says, but for a change. */
export function play(name: string, change: Plan = {}): Played {
  const plan = combine(PLANS[name] ?? {}, change);
  return new Player(procedureNamed(name).spec, plan).play(name);
}
