import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod/v3';
import { matchesTask } from './matches';
import { SopRunQuery, SopTaskQuery, sopTaskResourceRef } from './resources';

const claims = z
  .array(z.string())
  .describe('Users and groups, as full entity refs in lower case');

const query = (key: SopTaskQuery['key'], values: string[]): SopTaskQuery => ({
  of: 'task',
  key,
  values,
});

const ofRun = (key: SopRunQuery['key'], values: string[]): SopRunQuery => ({
  of: 'run',
  key,
  values,
});

const isPotentialOwner = createPermissionRule({
  name: 'IS_POTENTIAL_OWNER',
  description: 'Tasks that one of these may do by its role',
  resourceRef: sopTaskResourceRef,
  paramsSchema: z.object({ claims }),
  apply: (task, params) =>
    matchesTask(task, query('potentialOwners', params.claims)),
  toQuery: params => query('potentialOwners', params.claims),
});

const isExcludedOwner = createPermissionRule({
  name: 'IS_EXCLUDED_OWNER',
  description: 'Tasks that one of these is excluded from',
  resourceRef: sopTaskResourceRef,
  paramsSchema: z.object({ claims }),
  apply: (task, params) =>
    matchesTask(task, query('excludedOwners', params.claims)),
  toQuery: params => query('excludedOwners', params.claims),
});

const isClaimedBy = createPermissionRule({
  name: 'IS_CLAIMED_BY',
  description: 'Tasks that one of these people has claimed',
  resourceRef: sopTaskResourceRef,
  paramsSchema: z.object({ userRefs: claims }),
  apply: (task, { userRefs }) =>
    matchesTask(task, query('claimedBy', userRefs)),
  toQuery: ({ userRefs }) => query('claimedBy', userRefs),
});

const hasStepType = createPermissionRule({
  name: 'HAS_STEP_TYPE',
  description: 'Tasks of one of these types, such as manual or approval',
  resourceRef: sopTaskResourceRef,
  paramsSchema: z.object({ types: z.array(z.string()) }),
  apply: (task, { types }) => matchesTask(task, query('stepType', types)),
  toQuery: ({ types }) => query('stepType', types),
});

const isInitiator = createPermissionRule({
  name: 'IS_INITIATOR',
  description: 'Tasks of runs that one of these people or services started',
  resourceRef: sopTaskResourceRef,
  paramsSchema: z.object({ userRefs: claims }),
  apply: (task, { userRefs }) =>
    matchesTask(task, ofRun('initiator', userRefs)),
  toQuery: ({ userRefs }) => ofRun('initiator', userRefs),
});

const hasSop = createPermissionRule({
  name: 'HAS_SOP',
  description: 'Tasks of runs of one of these procedures',
  resourceRef: sopTaskResourceRef,
  paramsSchema: z.object({ sopRefs: z.array(z.string()) }),
  apply: (task, { sopRefs }) => matchesTask(task, ofRun('sopRef', sopRefs)),
  toQuery: ({ sopRefs }) => ofRun('sopRef', sopRefs),
});

const isTargetOwner = createPermissionRule({
  name: 'IS_TARGET_OWNER',
  description: 'Tasks of runs about an entity that one of these owned',
  resourceRef: sopTaskResourceRef,
  paramsSchema: z.object({ claims }),
  apply: (task, params) =>
    matchesTask(task, ofRun('targetOwner', params.claims)),
  toQuery: params => ofRun('targetOwner', params.claims),
});

/** Rules about tasks. @public */
export const sopTaskRules = {
  isPotentialOwner,
  isExcludedOwner,
  isClaimedBy,
  hasStepType,
  isInitiator,
  hasSop,
  isTargetOwner,
};
