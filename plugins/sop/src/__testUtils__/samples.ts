import type { Entity } from '@backstage/catalog-model';
import type {
  ControlView,
  RevisionView,
  GoverningProcedure,
  JournalEntry,
  RunSummary,
  RunView,
  StepView,
  TaskItem,
} from '@handrail/plugin-sop-common';
import { DateTime } from 'luxon';

/** An instant some minutes from now; negative ones lie in the past. */
export function minutesFromNow(minutes: number): string {
  return DateTime.utc().plus({ minutes }).toISO();
}

/** A step of a run that nothing has happened to. */
export function sampleStep(changes: Partial<StepView> = {}): StepView {
  return {
    id: 'script',
    type: 'manual',
    name: 'Write the script',
    status: 'pending',
    version: 0,
    attempt: 1,
    depth: 0,
    ...changes,
  };
}

/** The evidence of every kind that a step can ask for. */
export const SAMPLE_FIELDS: StepView['evidenceFields'] = [
  {
    id: 'script',
    name: 'Script',
    kind: 'text',
    multiline: true,
    required: true,
    maxLength: 2000,
  },
  {
    id: 'rows',
    name: 'Rows',
    kind: 'number',
    integer: true,
    minimum: 0,
    unit: 'rows',
    required: true,
  },
  { id: 'log', name: 'Log', kind: 'url' },
  {
    id: 'window',
    name: 'Window',
    kind: 'choice',
    options: ['now', 'tonight'],
  },
  {
    id: 'tried',
    name: 'The rollback was tried',
    kind: 'boolean',
    mustBeTrue: true,
    required: true,
  },
  { id: 'component', name: 'Component', kind: 'entity' },
];

const INSTRUCTIONS = `Write the script for **ledger**. Keep it in one transaction:

\`\`\`sql
BEGIN;
UPDATE entries SET currency = 'USD' WHERE ticket = 31;
COMMIT;
\`\`\`
`;

/** A run whose first task waits for the reader. */
export function sampleRun(changes: Partial<RunView> = {}): RunView {
  return {
    runId: 'run-1',
    sopRef: 'sop:default/data-change',
    sopTitle: 'SOP-004 Data change management',
    title: 'DATA-31: Correct the currency of 12 rows',
    status: 'running',
    targetRef: 'component:default/payments-api',
    initiator: 'user:default/ana.duarte',
    startedAt: minutesFromNow(-42),
    updatedAt: minutesFromNow(-2),
    done: 1,
    total: 6,
    waiting: [
      {
        stepId: 'script',
        stepName: 'Write the script',
        type: 'manual',
        since: minutesFromNow(-12),
        dueAt: minutesFromNow(18),
        owners: ['group:default/developers', 'group:default/data-ops'],
        role: 'author',
      },
    ],
    headline: 'Waiting for developers or data ops to do “Write the script”',
    revisionHash: 'd2f0c1a9b8e7',
    revision: '1',
    number: 'SOP-004',
    inputs: { ticket: 'DATA-31' },
    version: 5,
    steps: [
      sampleStep({
        id: 'ticket',
        name: 'Read the ticket',
        status: 'completed',
        version: 3,
        startedAt: minutesFromNow(-40),
        endedAt: minutesFromNow(-30),
        actors: ['user:default/ana.duarte'],
        evidenceFields: [{ id: 'url', name: 'Ticket', kind: 'url' }],
        evidence: { url: 'https://tickets.example.org/DATA-31' },
      }),
      sampleStep({
        status: 'ready',
        version: 5,
        startedAt: minutesFromNow(-12),
        dueAt: minutesFromNow(18),
        role: 'author',
        roleTitle: 'Author',
        potentialOwners: ['group:default/developers', 'group:default/data-ops'],
        instructions: INSTRUCTIONS,
        evidenceFields: SAMPLE_FIELDS,
        act: { allowed: true },
      }),
      sampleStep({ id: 'review', type: 'approval', name: 'Peer review' }),
      sampleStep({ id: 'after', type: 'parallel', name: 'Watch and announce' }),
      sampleStep({
        id: 'watch',
        type: 'wait',
        name: 'Watch for 30 minutes',
        depth: 1,
        parentId: 'after',
        branch: 'Watch',
      }),
      sampleStep({
        id: 'announce',
        name: 'Announce it',
        depth: 1,
        parentId: 'after',
        branch: 'Announce',
      }),
    ],
    timeline: [
      {
        seq: 5,
        at: minutesFromNow(-12),
        type: 'step.started',
        stepId: 'script',
        text: 'asked for “Write the script”',
      },
      {
        seq: 3,
        at: minutesFromNow(-30),
        type: 'step.completed',
        stepId: 'ticket',
        actor: 'user:default/ana.duarte',
        text: 'completed “Read the ticket”',
      },
      {
        seq: 1,
        at: minutesFromNow(-42),
        type: 'run.started',
        actor: 'user:default/ana.duarte',
        text: 'started the run',
      },
    ],
    permits: {
      cancel: { allowed: true },
      compensate: { allowed: false, reason: 'The run is not on hold.' },
      fail: { allowed: false, reason: 'The run is not on hold.' },
    },
    ...changes,
  };
}

/** A run that waits for an approval. */
export function sampleApproval(changes: Partial<StepView> = {}): RunView {
  const run = sampleRun();
  return {
    ...run,
    done: 2,
    waiting: [
      {
        ...run.waiting[0],
        stepId: 'review',
        stepName: 'Peer review',
        type: 'approval',
        owners: ['group:default/dba'],
      },
    ],
    headline: 'Waiting for a DBA to approve “Peer review”',
    steps: run.steps.map(step => {
      if (step.id === 'script') {
        return {
          ...step,
          status: 'completed' as const,
          act: undefined,
          endedAt: minutesFromNow(-12),
          actors: ['user:default/ana.duarte'],
          evidence: { script: 'BEGIN;\nUPDATE entries;\nCOMMIT;', rows: 12 },
        };
      }
      return step.id === 'review'
        ? {
            ...step,
            status: 'ready' as const,
            version: 9,
            startedAt: minutesFromNow(-12),
            dueAt: minutesFromNow(18),
            roleTitle: 'Peer',
            potentialOwners: ['group:default/dba'],
            question: 'May this script run on **production**?',
            quorum: '1 of 3 must approve',
            required: 1,
            votes: [],
            reasonRule: 'always' as const,
            act: { allowed: true },
            ...changes,
          }
        : step;
    }),
  };
}

/** One line of a list of runs. */
export function sampleSummary(changes: Partial<RunSummary> = {}): RunSummary {
  const { steps, timeline, permits, inputs, ...summary } = sampleRun();
  return { ...summary, ...changes };
}

/** An approval that waits for the reader. */
export function sampleTask(changes: Partial<TaskItem> = {}): TaskItem {
  return {
    runId: 'run-1',
    stepId: 'review',
    stepType: 'approval',
    stepName: 'Peer review',
    asked: 'May this script run on production?',
    sopRef: 'sop:default/data-change',
    sopTitle: 'SOP-004 Data change management',
    runTitle: 'DATA-31: Correct the currency of 12 rows',
    targetRef: 'component:default/payments-api',
    initiator: 'user:default/ana.duarte',
    status: 'ready',
    version: 9,
    since: minutesFromNow(-12),
    dueAt: minutesFromNow(18),
    through: 'group:default/dba',
    act: { allowed: true },
    reasonRule: 'always',
    hasEvidence: false,
    ...changes,
  };
}

/** Events of a journal, from sequence number 1. */
export function sampleJournal(count: number): JournalEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    type: index === 0 ? 'run.started' : 'step.started',
    at: minutesFromNow(-42 + index),
    actor: index === 0 ? 'user:default/ana.duarte' : undefined,
    data: index === 0 ? {} : { stepId: 'script' },
    prevHash: String(index).padStart(64, 'a'),
    hash: String(index + 1).padStart(64, 'a'),
  }));
}

/** A procedure that governs a component. */
export function sampleGoverning(
  changes: Partial<GoverningProcedure> = {},
): GoverningProcedure {
  return {
    sopRef: 'sop:default/data-change',
    title: 'SOP-004 Data change management',
    description: 'How data in production is corrected.',
    type: 'data-change',
    lifecycle: 'effective',
    number: 'SOP-004',
    revision: '1',
    canStart: { allowed: true },
    latestRun: sampleSummary(),
    openRuns: 1,
    ...changes,
  };
}

/** A registered procedure. */
export function sampleProcedure(spec: Record<string, unknown> = {}): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOP',
    metadata: {
      name: 'data-change',
      namespace: 'default',
      title: 'SOP-004 Data change management',
      description: 'How data in production is corrected, moved or deleted.',
      tags: ['data'],
    },
    spec: {
      type: 'data-change',
      owner: 'group:default/data-ops',
      lifecycle: 'effective',
      document: {
        number: 'SOP-004',
        revision: '1',
        effectiveFrom: '2026-02-03',
        reviewEvery: 'P3M',
        approvers: ['group:default/ops-leads'],
        controls: ['soc2:CC8.1'],
        source: 'https://handbook.example.org/sop-004',
      },
      inputs: {
        type: 'object',
        required: ['ticket'],
        properties: {
          ticket: {
            type: 'string',
            title: 'Ticket',
            pattern: '^[A-Z]+-[0-9]+$',
          },
        },
      },
      roles: {
        author: {
          title: 'Author',
          potentialOwners: ['group:default/developers'],
        },
      },
      steps: [
        { id: 'script', type: 'manual', name: 'Write it', role: 'author' },
        {
          id: 'review',
          type: 'approval',
          name: 'Peer review',
          role: 'target-owner',
          onReject: { returnTo: 'script' },
        },
        {
          id: 'after',
          type: 'parallel',
          name: 'Watch and announce',
          branches: [
            {
              name: 'Watch',
              steps: [
                {
                  id: 'watch',
                  type: 'wait',
                  name: 'Watch',
                  duration: 'PT30M',
                },
              ],
            },
            {
              name: 'Announce',
              steps: [
                {
                  id: 'announce',
                  type: 'manual',
                  name: 'Announce it',
                  role: 'initiator',
                },
              ],
            },
          ],
        },
      ],
      ...spec,
    },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/data-ops' }],
  };
}

/** What procedures are about. */
export const SAMPLE_COMPONENT: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-api',
    namespace: 'default',
    title: 'Payments API',
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/payments',
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
};

/** The one revision of the sample procedure: in force, signed. */
export function sampleRevision(
  changes: Partial<RevisionView> = {},
): RevisionView {
  const signature = {
    meaning: 'approval' as const,
    by: 'user:default/henrik.solberg',
    name: 'Henrik Solberg',
    at: minutesFromNow(-600),
    reason: 'It is how we work',
    approver: 'group:default/ops-leads',
  };
  const no = { allowed: false, reason: 'Only ops-leads may approve.' };
  return {
    hash: 'a'.repeat(64),
    title: 'SOP-004 Data change management',
    number: 'SOP-004',
    label: '1',
    intention: 'effective',
    owner: 'group:default/data-ops',
    status: 'effective',
    sentence: 'Revision 1 is in force since 2026-02-03.',
    isCurrent: true,
    recordedAt: minutesFromNow(-900),
    inForceFrom: minutesFromNow(-600),
    approvers: [
      { entityRef: 'group:default/ops-leads', kept: false, signature },
    ],
    signatures: [signature],
    signFor: [],
    sign: no,
    review: no,
    reject: no,
    withdraw: no,
    ...changes,
  };
}

/** A newer revision that waits for the reader. */
export function sampleInReview(
  changes: Partial<RevisionView> = {},
): RevisionView {
  return sampleRevision({
    hash: 'b'.repeat(64),
    label: '2',
    status: 'in-review',
    sentence: 'Revision 2 is in review: ops-leads must still sign it.',
    inForceFrom: undefined,
    approvers: [{ entityRef: 'group:default/ops-leads', kept: false }],
    signatures: [],
    signFor: ['group:default/ops-leads'],
    sign: { allowed: true },
    reject: { allowed: true },
    ...changes,
  });
}

/** Document control of the sample procedure. */
export function sampleControl(changes: Partial<ControlView> = {}): ControlView {
  return {
    sopRef: 'sop:default/data-change',
    title: 'SOP-004 Data change management',
    version: 3,
    sentence:
      'Revision 1 is in force since 2026-02-03, signed by Henrik Solberg.',
    currentHash: 'a'.repeat(64),
    effectiveHash: 'a'.repeat(64),
    revisions: [sampleRevision()],
    canStart: { allowed: true },
    canRehearse: { allowed: true },
    acknowledgement: {
      required: false,
      count: 0,
      permit: { allowed: true },
    },
    ...changes,
  };
}
