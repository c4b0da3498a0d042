import { indexRun, RunState, SopSpec } from '@handrail/plugin-sop-common';
import { SopRunResource, SopTaskResource } from '@handrail/plugin-sop-node';

/** A run as permission rules see it. */
export function toRunResource(state: RunState, spec: SopSpec): SopRunResource {
  return {
    runId: state.runId,
    sopRef: state.sopRef,
    sopOwner: spec.owner,
    status: state.status,
    initiator: state.initiator,
    targetRef: state.target?.entityRef,
    targetOwner: state.target?.owner,
    potentialOwners: [
      ...new Set(
        Object.values(state.steps).flatMap(step => step.potentialOwners ?? []),
      ),
    ],
  };
}

/** A step as permission rules see it, whether it was reached or not. */
export function toTaskResource(
  state: RunState,
  spec: SopSpec,
  stepId: string,
): SopTaskResource {
  const step = state.steps[stepId];
  return {
    run: toRunResource(state, spec),
    stepId,
    stepType: indexRun(state, spec).get(stepId)?.step.type ?? '',
    potentialOwners: step?.potentialOwners ?? [],
    excludedOwners: step?.excludedOwners ?? [],
    claimedBy: step?.claimedBy,
  };
}
