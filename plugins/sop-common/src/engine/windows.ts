import { evaluateWindows } from '@handrail/calendar';
import { ConflictError } from '@backstage/errors';
import { evaluateCondition } from '../expression';
import { SopSpec, SopStep, SopWindow } from '../model/types';
import { expressionContext } from './context';
import { describeBlocks } from './describeBlocks';
import type { Recorder } from './Recorder';
import { RunState, StepBlock } from './types';

/** What the windows of a step say at an instant. */
export interface WindowVerdict {
  /** Why the step is kept; empty when it is not. */
  blocks: StepBlock[];
  /** Windows that would keep it, were it not for their `unless`. */
  bypassed: string[];
}

/**
 * Evaluates the windows that a step names. One whose `unless` holds does not
 * count; when an allow window does not count, no other allow window is needed.
 *
 * @param begun - the step has begun: windows with `overrun` let it end
 * @throws InputError when an `unless` cannot be evaluated
 * @public
 */
export function evaluateStepWindows(
  state: RunState,
  spec: SopSpec,
  step: SopStep,
  options: { now: string; begun: boolean },
): WindowVerdict {
  const { now, begun } = options;
  const windows = (spec.windows ?? []).filter(
    one => step.windows?.includes(one.name) && !(begun && one.overrun),
  );
  if (windows.length === 0) {
    return { blocks: [], bypassed: [] };
  }
  const context = expressionContext(state, spec);
  const waived = windows.filter(
    one => one.unless !== undefined && evaluateCondition(one.unless, context),
  );
  const isAllowWaived = waived.some(one => one.effect === 'allow');
  const counted = windows.filter(
    one => !waived.includes(one) && !(isAllowWaived && one.effect === 'allow'),
  );
  const closedBy = blockedBy(counted, now);
  const bypassed =
    closedBy.length || !waived.length
      ? []
      : blockedBy(windows, now).filter(({ ref }) =>
          waived.some(one => one.name === ref),
        );
  return { blocks: closedBy, bypassed: bypassed.map(({ ref }) => ref ?? '') };
}

function blockedBy(windows: readonly SopWindow[], now: string): StepBlock[] {
  const decision = evaluateWindows(windows, now);
  return decision.blocking.map(window => {
    const forbids = window.effect === 'deny' ? 'forbids it now' : 'is closed';
    const never = decision.neverOpens ? ' and does not open again' : '';
    return {
      kind: 'window',
      sentence: `the window “${window.name}” ${forbids}${never}`,
      ...(decision.opensAt ? { until: decision.opensAt } : {}),
      ref: window.name,
    };
  });
}

function evaluate(recorder: Recorder, step: SopStep, begun: boolean) {
  const { state, facts } = recorder;
  return evaluateStepWindows(state, facts.spec, step, {
    now: facts.now,
    begun,
  });
}

/** Keeps a step outside its windows. */
export function windowBlocks(
  recorder: Recorder,
  step: SopStep,
  begun: boolean,
): StepBlock[] {
  return evaluate(recorder, step, begun).blocks;
}

/** Windows that do not keep a step only because of their `unless`, for the record. */
export function bypassedWindows(
  recorder: Recorder,
  step: SopStep,
  begun: boolean,
): string[] | undefined {
  const { bypassed } = evaluate(recorder, step, begun);
  return bypassed.length ? bypassed : undefined;
}

/**
 * A person's work takes effect when the person says it is done.
 * @throws ConflictError outside the windows of the step
 */
export function assertWindowsOpen(recorder: Recorder, step: SopStep): void {
  const { blocks } = evaluate(recorder, step, true);
  if (blocks.length) {
    const { until } = blocks[0];
    throw Object.assign(
      new ConflictError(
        `${describeBlocks(blocks)}${until ? `; it opens at ${until}` : ''}.`,
      ),
      { blocks },
    );
  }
}
