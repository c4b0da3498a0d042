import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';

/** Where `test:write` leaves a row for each time it took effect. */
export const EFFECTS = 'test_effect';

export interface ReplicaOptions {
  /** Of the PostgreSQL that all replicas share. */
  connection: JsonObject;
  /** Whether it brings the database up to date; one of them does, at first. */
  migrate: boolean;
}

/** A person, an action that must not be repeated, one that may be, a wait. */
export const PROCEDURE: Entity = {
  apiVersion: 'handrail.dev/v1alpha1',
  kind: 'SOP',
  metadata: { name: 'replicas', namespace: 'default', title: 'Replicas' },
  spec: {
    type: 'test',
    owner: 'group:default/leads',
    lifecycle: 'effective',
    document: { number: 'SOP-900', revision: '1' },
    roles: { developer: { potentialOwners: ['group:default/developers'] } },
    steps: [
      { id: 'before', type: 'manual', name: 'Before', role: 'developer' },
      {
        id: 'write',
        type: 'action',
        name: 'Write',
        action: 'test:write',
        input: { run: '${{ run.id }}' },
      },
      {
        id: 'read',
        type: 'check',
        name: 'Read',
        action: 'test:read',
        retry: { limit: 20, backoff: 'PT0.1S' },
        expect: 'true',
      },
      { id: 'soak', type: 'wait', name: 'Soak', duration: 'PT0.2S' },
      { id: 'after', type: 'manual', name: 'After', role: 'developer' },
    ],
  },
};
