import type {
  CommandBody,
  RunView,
  StartRunRequest,
} from '@handrail/plugin-sop-common';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { newCommandId } from '../lib/commandId';
import { errorDetails, isUncertain } from '../lib/errors';
import { keys } from './keys';
import { useSopQueryClient } from './queryClient';

const RETRY = {
  retry: (count: number, error: unknown) =>
    count < 2 && errorDetails(error).status === undefined,
  retryDelay: 700,
};

function useAfterChange() {
  const { client } = useSopQueryClient();
  return useCallback(
    (view: RunView) => {
      client.setQueryData<RunView>(keys.run(view.runId), known =>
        known && known.version > view.version ? known : view,
      );
      client.invalidateQueries({ queryKey: keys.tasks() });
      client.invalidateQueries({ queryKey: keys.runs() });
      client.invalidateQueries({ queryKey: keys.procedures() });
      client.invalidateQueries({ queryKey: keys.journal(view.runId) });
    },
    [client],
  );
}

/**
 * Does something in a run. The same command sent again after an answer was
 * lost carries the same id, so it takes effect once; a new click after a clear
 * answer gets a new id.
 * @public
 */
export function useRunCommand(runId: string) {
  const { api, client } = useSopQueryClient();
  const afterChange = useAfterChange();
  const last = useRef<{ body: string; commandId: string }>();
  return useMutation<RunView, Error, CommandBody>(
    {
      ...RETRY,
      mutationFn: command => {
        const body = JSON.stringify(command);
        if (last.current?.body !== body) {
          last.current = { body, commandId: newCommandId() };
        }
        const { commandId } = last.current;
        return api.executeCommand(runId, { commandId, command });
      },
      onSuccess: view => {
        last.current = undefined;
        afterChange(view);
      },
      onError: error => {
        if (!isUncertain(error)) {
          last.current = undefined;
        }
        if (errorDetails(error).status === 409) {
          client.invalidateQueries({ queryKey: keys.run(runId) });
          client.invalidateQueries({ queryKey: keys.tasks() });
        }
      },
    },
    client,
  );
}

/**
 * Starts a run. The caller keeps one `commandId` per opened form, so a double
 * click starts one run.
 * @public
 */
export function useStartRun() {
  const { api, client } = useSopQueryClient();
  const afterChange = useAfterChange();
  return useMutation<RunView, Error, StartRunRequest>(
    {
      ...RETRY,
      mutationFn: request => api.startRun(request),
      onSuccess: afterChange,
    },
    client,
  );
}
