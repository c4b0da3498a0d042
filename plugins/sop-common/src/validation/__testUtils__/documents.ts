import { JsonObject } from '@backstage/types';

/** Changes a document in place. */
export type Change = (spec: Spec, entity: Entity) => void;

/** Loose types on purpose: tests build documents that are wrong. */
export interface Entity {
  [key: string]: unknown;
  spec: Spec;
}
export interface Spec {
  [key: string]: unknown;
  steps: Step[];
}
export interface Step {
  [key: string]: unknown;
}

/** Steps of the valid document by index. */
export const TAG = 0;
export const SOAK = 1;
export const CHECK = 2;
export const GO = 3;
export const DEPLOY = 4;
export const OBSERVE = 5;
export const CHOOSE = 6;
export const HANDOVER = 7;

/** A valid document that uses every step type and every evidence kind. */
export function validDocument(): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOP',
    metadata: { name: 'release', title: 'Release' },
    spec: {
      type: 'release',
      owner: 'group:default/ops',
      lifecycle: 'effective',
      system: 'system:default/portal',
      document: {
        number: 'SOP-002',
        revision: '1',
        effectiveFrom: '2026-11-01',
        reviewEvery: 'P6M',
        approvers: ['group:default/ops-leads'],
        controls: ['soc2:CC8.1'],
        source: 'handbook',
      },
      appliesTo: { kind: 'Component', 'spec.lifecycle': 'production' },
      inputs: {
        type: 'object',
        required: ['ticket'],
        properties: {
          ticket: { type: 'string', 'ui:autofocus': true },
          hotfix: { type: 'boolean', default: false },
        },
      },
      runTitle: 'Release ${{ inputs.ticket }}',
      roles: {
        captain: { potentialOwners: ['group:default/release-captains'] },
        approver: {
          title: 'Approver',
          potentialOwners: ['user:default/ana', 'user:default/bo'],
        },
      },
      onFailure: { compensate: 'none' },
      steps: [
        {
          id: 'tag',
          type: 'manual',
          name: 'Tag the release',
          role: 'captain',
          instructions: 'Tag `${{ target.name }}`.',
          evidence: [
            { id: 'tag', kind: 'text', pattern: 'v\\d+', required: true },
            {
              id: 'rows',
              kind: 'number',
              integer: true,
              minimum: 0,
              maximum: 10,
              unit: 'rows',
            },
            { id: 'done', kind: 'boolean', mustBeTrue: true },
            { id: 'notes', kind: 'url' },
            { id: 'size', kind: 'choice', options: ['small', 'large'] },
            { id: 'service', kind: 'entity' },
          ],
          assert: [
            {
              that: 'evidence.rows < 5',
              message: 'Found ${{ evidence.rows }} rows',
            },
          ],
        },
        {
          id: 'soak',
          type: 'wait',
          name: 'Soak',
          duration: 'PT30M',
          if: '!inputs.hotfix',
        },
        {
          id: 'synthetic',
          type: 'check',
          name: 'Synthetic monitor is green',
          action: 'sop:http-get',
          input: { endpoint: 'synthetic-monitor' },
          expect: 'output.status == 200',
          message: 'The monitor answered ${{ output.status }}',
          timeout: 'PT1M',
          retry: { limit: 2, backoff: 'PT10S' },
        },
        {
          id: 'go',
          type: 'approval',
          name: 'Go or no-go',
          role: 'approver',
          question: 'Release ${{ steps.tag.evidence.tag }}?',
          quorum: 1,
          excludedOwners: ['initiator', 'actor:tag', 'user:default/bo'],
          onReject: { returnTo: 'tag' },
        },
        {
          id: 'deploy',
          type: 'action',
          name: 'Deploy',
          action: 'scaffolder:execute-template',
          input: { values: { tag: '${{ steps.tag.evidence.tag }}' } },
          compensation: {
            type: 'action',
            name: 'Roll back',
            action: 'scaffolder:execute-template',
            input: { task: '${{ steps.deploy.output.taskId }}' },
            timeout: 'PT5M',
            retry: { limit: 1, backoff: 'PT5S' },
          },
        },
        {
          id: 'observe',
          type: 'parallel',
          name: 'Observe and announce',
          join: { atLeast: 1 },
          branches: [
            {
              name: 'Observe',
              steps: [
                {
                  id: 'red',
                  type: 'wait',
                  name: 'Watch RED metrics',
                  untilTime: '14:00',
                  timezone: 'Europe/Berlin',
                },
              ],
            },
            {
              steps: [
                {
                  id: 'announce',
                  type: 'manual',
                  name: 'Announce',
                  role: 'captain',
                  compensation: {
                    type: 'manual',
                    name: 'Take it back',
                    role: 'captain',
                    evidence: [{ id: 'link', kind: 'url' }],
                  },
                },
              ],
            },
          ],
        },
        {
          id: 'choose',
          type: 'switch',
          name: 'By size',
          cases: [
            {
              if: "steps.tag.evidence.size == 'large'",
              steps: [
                {
                  id: 'large',
                  type: 'wait',
                  name: 'Wait',
                  until: '2026-11-01T14:00:00Z',
                },
              ],
            },
          ],
          default: {
            steps: [
              { id: 'small', type: 'wait', name: 'Wait', duration: 'PT1M' },
            ],
          },
        },
        {
          id: 'handover',
          type: 'handoff',
          name: 'Hand over',
          role: 'target-owner',
          question: 'Take over?',
          onReturn: { returnTo: 'tag' },
        },
      ],
    },
  };
}

/** The valid document after a change. */
export function changed(change: Change): Entity {
  const entity = validDocument();
  change(entity.spec, entity);
  return entity;
}

/** Inputs with one property. */
export function inputsWith(property: JsonObject): JsonObject {
  return { type: 'object', properties: { one: property } };
}
