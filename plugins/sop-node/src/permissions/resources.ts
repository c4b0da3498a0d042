import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_SOP_RUN,
  RESOURCE_TYPE_SOP_TASK,
} from '@handrail/plugin-sop-common';

/** What rules may know about a run. Refs are full and in lower case. @public */
export interface SopRunResource {
  runId: string;
  sopRef: string;
  /** `spec.owner` of the revision that the run pins. */
  sopOwner: string;
  status: string;
  initiator: string;
  /** The entity the run is about. */
  targetRef?: string;
  /** Owner of that entity when the run started. */
  targetOwner?: string;
  /** Everybody who could act in a task that was reached so far. */
  potentialOwners: string[];
}

/** What rules may know about a task. @public */
export interface SopTaskResource {
  run: SopRunResource;
  stepId: string;
  stepType: string;
  /** Users and groups who may act; empty before the step is reached. */
  potentialOwners: string[];
  /** Users and groups who may not. */
  excludedOwners: string[];
  claimedBy?: string;
}

/** A comparison of one property of a run with values: any of them fits. @public */
export interface SopRunQuery {
  of: 'run';
  key:
    | 'initiator'
    | 'potentialOwners'
    | 'sopOwner'
    | 'sopRef'
    | 'status'
    | 'targetKind'
    | 'targetOwner'
    | 'targetRef';
  values: string[];
}

/** The same of a task. @public */
export interface SopTaskQuery {
  of: 'task';
  key: 'claimedBy' | 'excludedOwners' | 'potentialOwners' | 'stepType';
  values: string[];
}

/** Runs, as rules and the back end's lists know them. @public */
export const sopRunResourceRef = createPermissionResourceRef<
  SopRunResource,
  SopRunQuery
>().with({ pluginId: 'sop', resourceType: RESOURCE_TYPE_SOP_RUN });

/** Tasks, as rules and the back end's lists know them. @public */
export const sopTaskResourceRef = createPermissionResourceRef<
  SopTaskResource,
  SopRunQuery | SopTaskQuery
>().with({ pluginId: 'sop', resourceType: RESOURCE_TYPE_SOP_TASK });
