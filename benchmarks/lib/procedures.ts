import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type {
  CommandBody,
  RunView,
  SopStep,
} from '@handrail/plugin-sop-common';

/** Who does the manual steps and who approves, in the demo organisation. */
export const WORKER = 'ana.duarte';
export const REVIEWER = 'erik.dahl';

/**
 * A procedure of steps for people: mostly manual ones, every fifth an approval
 * of the step before it.
 */
export function peopleProcedure(name: string, length: number): Entity {
  const steps = Array.from({ length }, (_, index): SopStep => {
    const id = `step-${index + 1}`;
    return index % 5 === 4
      ? {
          id,
          type: 'approval',
          name: `Approve step ${index}`,
          role: 'reviewer',
          question: 'Is step ${{ run.title }} done as **described**?',
          excludedOwners: [`actor:step-${index}`],
          quorum: 1,
        }
      : {
          id,
          type: 'manual',
          name: `Do step ${index + 1}`,
          role: 'dev',
          instructions:
            'Follow the runbook of ${{ target.name }} for version ${{ inputs.version }}.\n\n```bash\nnpm run step\n```\n',
          ...(index % 2 === 0
            ? {
                evidence: [
                  { id: 'link', kind: 'url', required: true },
                  { id: 'notes', kind: 'text' },
                ],
              }
            : {}),
        };
  });
  const spec = {
    type: 'release',
    owner: 'group:default/engineering-leads',
    lifecycle: 'effective',
    document: { number: 'SOP-900', revision: '1' },
    runTitle: 'Release ${{ inputs.version }} of ${{ target.name }}',
    appliesTo: { kind: 'Component' },
    inputs: {
      type: 'object',
      required: ['version'],
      properties: { version: { type: 'string', title: 'Version' } },
    },
    roles: {
      dev: { title: 'Author', potentialOwners: ['group:default/developers'] },
      reviewer: {
        title: 'Reviewer',
        potentialOwners: ['group:default/domain-owners'],
      },
    },
    steps,
  };
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOP',
    metadata: { name, title: `Procedure ${name}` },
    spec: spec as unknown as JsonObject,
  };
}

/** What starts a run of it. */
export function startOf(name: string) {
  return {
    sopRef: `sop:default/${name}`,
    targetRef: 'component:default/payments-api',
    inputs: { version: '1.2.3' },
  };
}

/**
 * What to do next in a run, and by whom; nothing when it is over. Manual steps
 * are claimed first.
 */
export function nextInView(
  view: RunView,
): { by: string; command: CommandBody } | undefined {
  const step = view.steps.find(
    ({ status }) => status === 'ready' || status === 'reserved',
  );
  if (!step) {
    return undefined;
  }
  const task = { stepId: step.id, taskVersion: step.version };
  if (step.type === 'approval') {
    return {
      by: REVIEWER,
      command: {
        type: 'vote',
        ...task,
        decision: 'approve',
        reason: 'Looks right',
      },
    };
  }
  return {
    by: WORKER,
    command: step.claimedBy
      ? {
          type: 'complete',
          ...task,
          ...(step.evidenceFields?.length
            ? {
                evidence: {
                  link: 'https://tickets.example.org/browse/REL-1234',
                  notes: 'Done as described, nothing out of the ordinary.',
                },
              }
            : {}),
        }
      : { type: 'claim', ...task },
  };
}
