import { Call, callAction, CallOutcome } from './callAction';
import { ActionInvoker } from './ActionInvoker';

/**
 * Calls an action in a rehearsal: one that only reads is called, any other is
 * left out and counts as done, since nobody has signed what it would do.
 */
export async function rehearseAction(
  call: Call,
  options: { invoker: ActionInvoker; allowedActions: string[] },
): Promise<CallOutcome> {
  const known = await options.invoker.list().catch(() => undefined);
  const info = known?.find(one => one.id === call.action);
  // What cannot be called at all fails here as it would later.
  return !info || info.attributes.readOnly
    ? callAction(call, options)
    : {
        ok: true,
        output: { rehearsal: true, notCalled: call.action },
      };
}
