import type {
  DeclareRequest,
  IncidentCommandBody,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import {
  errorDetails,
  isUncertain,
  newCommandId,
} from '@handrail/plugin-sop-react';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { keys } from './keys';
import { useIncidentsQueryClient } from './queryClient';

const RETRY = {
  retry: (count: number, error: unknown) =>
    count < 2 && errorDetails(error).status === undefined,
  retryDelay: 700,
};

function useAfterChange() {
  const { client } = useIncidentsQueryClient();
  return useCallback(
    (view: IncidentView) => {
      for (const name of [view.incidentId, view.reference]) {
        client.setQueryData<IncidentView>(keys.incident(name), known =>
          known && known.version > view.version ? known : view,
        );
      }
      client.invalidateQueries({ queryKey: keys.lists() });
      client.invalidateQueries({ queryKey: keys.allMetrics() });
    },
    [client],
  );
}

/** A command, and the version of the incident that the person has seen. */
export interface SentCommand {
  command: IncidentCommandBody;
  expectedVersion?: number;
}

/**
 * Does something in an incident. The same command sent again after an answer
 * was lost carries the same id, so it takes effect once; a new click after a
 * clear answer gets a new id.
 */
export function useIncidentCommand(
  incident: Pick<IncidentView, 'incidentId' | 'reference'>,
) {
  const { api, client } = useIncidentsQueryClient();
  const afterChange = useAfterChange();
  const last = useRef<{ body: string; commandId: string }>();
  return useMutation<IncidentView, Error, SentCommand>(
    {
      ...RETRY,
      mutationFn: sent => {
        const body = JSON.stringify(sent.command);
        if (last.current?.body !== body) {
          last.current = { body, commandId: newCommandId() };
        }
        const { commandId } = last.current;
        return api.executeCommand(incident.incidentId, { commandId, ...sent });
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
          for (const name of [incident.incidentId, incident.reference]) {
            client.invalidateQueries({ queryKey: keys.incident(name) });
          }
          client.invalidateQueries({ queryKey: keys.lists() });
        }
      },
    },
    client,
  );
}

/**
 * Declares an incident. The caller keeps one `commandId` per opened form, so a
 * double click declares one.
 */
export function useDeclare() {
  const { api, client } = useIncidentsQueryClient();
  const afterChange = useAfterChange();
  return useMutation<IncidentView, Error, DeclareRequest>(
    {
      ...RETRY,
      mutationFn: request => api.declare(request),
      onSuccess: afterChange,
    },
    client,
  );
}
