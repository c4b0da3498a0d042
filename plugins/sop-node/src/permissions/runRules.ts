import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod/v3';
import { matchesRun } from './matches';
import { SopRunQuery, sopRunResourceRef } from './resources';

const refs = (what: string) =>
  z.array(z.string()).describe(`${what}, as full entity refs in lower case`);

const query = (key: SopRunQuery['key'], values: string[]): SopRunQuery => ({
  of: 'run',
  key,
  values,
});

const isInitiator = createPermissionRule({
  name: 'IS_INITIATOR',
  description: 'Runs that one of these people or services started',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({ userRefs: refs('Who started it') }),
  apply: (run, { userRefs }) => matchesRun(run, query('initiator', userRefs)),
  toQuery: ({ userRefs }) => query('initiator', userRefs),
});

const isPotentialOwner = createPermissionRule({
  name: 'IS_POTENTIAL_OWNER',
  description: 'Runs with a task, reached so far, that one of these may do',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({ claims: refs('Users and groups') }),
  apply: (run, { claims }) => matchesRun(run, query('potentialOwners', claims)),
  toQuery: ({ claims }) => query('potentialOwners', claims),
});

const hasSop = createPermissionRule({
  name: 'HAS_SOP',
  description: 'Runs of one of these procedures',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({ sopRefs: refs('Procedures') }),
  apply: (run, { sopRefs }) => matchesRun(run, query('sopRef', sopRefs)),
  toQuery: ({ sopRefs }) => query('sopRef', sopRefs),
});

const isSopOwner = createPermissionRule({
  name: 'IS_SOP_OWNER',
  description: 'Runs of procedures that one of these owns',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({ claims: refs('Users and groups') }),
  apply: (run, { claims }) => matchesRun(run, query('sopOwner', claims)),
  toQuery: ({ claims }) => query('sopOwner', claims),
});

const hasTarget = createPermissionRule({
  name: 'HAS_TARGET',
  description: 'Runs about one of these entities',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({ targetRefs: refs('Entities') }),
  apply: (run, { targetRefs }) =>
    matchesRun(run, query('targetRef', targetRefs)),
  toQuery: ({ targetRefs }) => query('targetRef', targetRefs),
});

const hasTargetKind = createPermissionRule({
  name: 'HAS_TARGET_KIND',
  description: 'Runs about an entity of one of these kinds',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({
    kinds: z.array(z.string()).describe('Kinds in lower case'),
  }),
  apply: (run, { kinds }) => matchesRun(run, query('targetKind', kinds)),
  toQuery: ({ kinds }) => query('targetKind', kinds),
});

const isTargetOwner = createPermissionRule({
  name: 'IS_TARGET_OWNER',
  description: 'Runs about an entity that one of these owned at the start',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({ claims: refs('Users and groups') }),
  apply: (run, { claims }) => matchesRun(run, query('targetOwner', claims)),
  toQuery: ({ claims }) => query('targetOwner', claims),
});

const hasStatus = createPermissionRule({
  name: 'HAS_STATUS',
  description: 'Runs in one of these statuses',
  resourceRef: sopRunResourceRef,
  paramsSchema: z.object({ statuses: z.array(z.string()) }),
  apply: (run, { statuses }) => matchesRun(run, query('status', statuses)),
  toQuery: ({ statuses }) => query('status', statuses),
});

/** Rules about runs. @public */
export const sopRunRules = {
  isInitiator,
  isPotentialOwner,
  hasSop,
  isSopOwner,
  hasTarget,
  hasTargetKind,
  isTargetOwner,
  hasStatus,
};
