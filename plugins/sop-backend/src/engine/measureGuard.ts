import { guardCall, RunState, SopSpec } from '@handrail/plugin-sop-common';
import { ActionInvoker } from './ActionInvoker';
import { callAction, CallOutcome, isSafeToRepeat } from './callAction';
import { timeoutMillis } from './timeout';

/**
 * Measures the guard of a step once. Never throws. The action must be read-only
 * or idempotent, as it is called again and again.
 */
export async function measureGuard(
  state: RunState,
  spec: SopSpec,
  stepId: string,
  options: { invoker: ActionInvoker; allowedActions: string[] },
): Promise<CallOutcome> {
  try {
    const call = guardCall(state, spec, stepId);
    if (!call) {
      throw new Error(`Step ${stepId} has no guard`);
    }
    const { action, input } = call;
    const info = (await options.invoker.list()).find(one => one.id === action);
    if (info && !isSafeToRepeat(info)) {
      return {
        ok: false,
        retryable: false,
        error: {
          name: 'NotAllowedError',
          message: `A guard may not use ${action}: it is called again and again and must be read-only or idempotent`,
        },
      };
    }
    return await callAction(
      {
        action,
        input,
        idempotencyKey: `${state.runId}/${stepId}/guard`,
        timeout: timeoutMillis(call.timeout),
      },
      options,
    );
  } catch (error) {
    const { name, message } = error as Error;
    // An input that cannot be filled in stays so; anything else may pass.
    return {
      ok: false,
      retryable: name !== 'InputError',
      error: { name, message },
    };
  }
}
