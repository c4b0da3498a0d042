import type {
  ControlView,
  ProcedureStanding,
  RevisionDetail,
  RevisionDiff,
} from '@handrail/plugin-sop-common';
import {
  useMutation,
  useQueries,
  useQuery,
  UseQueryResult,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { newCommandId } from '../lib/commandId';
import { errorDetails, isUncertain } from '../lib/errors';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';
import { useSignalEffect } from './useSignalEffect';

/**
 * How procedures stand, as far as it is known yet.
 * @param pages - refs, in portions of at most 100; each is asked for by itself
 * @public
 */
export function useProcedureStandings(
  pages: string[][],
): Map<string, ProcedureStanding> {
  const { api, client } = useSopQueryClient();
  return useQueries(
    {
      queries: pages.map(sopRefs => ({
        queryKey: keys.standings(sopRefs),
        queryFn: () => api.listProcedures({ sopRefs }),
        enabled: sopRefs.length > 0,
        refetchInterval: SLOW_REFETCH,
      })),
      combine: results =>
        new Map(
          results.flatMap(({ data = [] }) =>
            data.map(one => [one.sopRef, one] as const),
          ),
        ),
    },
    client,
  );
}

/** The document control of a procedure, kept current. @public */
export function useControl(
  sopRef: string | undefined,
): UseQueryResult<ControlView> {
  const { api, client } = useSopQueryClient();
  useSignalEffect(`sop:procedure:${sopRef}`, () => {
    client.invalidateQueries({ queryKey: keys.control(sopRef) });
  });
  return useQuery(
    {
      queryKey: keys.control(sopRef),
      queryFn: () => api.getControl(sopRef!),
      enabled: Boolean(sopRef),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}

/** A revision with its content; nothing is asked without a hash. @public */
export function useRevision(
  sopRef: string,
  hash: string | undefined,
): UseQueryResult<RevisionDetail> {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.revision(sopRef, hash),
      queryFn: () => api.getRevision(sopRef, hash!),
      enabled: Boolean(hash),
    },
    client,
  );
}

/** What is different between two revisions. @public */
export function useRevisionDiff(
  sopRef: string,
  hash: string,
  from: string,
): UseQueryResult<RevisionDiff> {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.revisionDiff(sopRef, hash, from),
      queryFn: () => api.getRevisionDiff(sopRef, hash, from),
      // Contents never change.
      staleTime: Infinity,
    },
    client,
  );
}

/** What a person does to a revision. @public */
export type RevisionCommand =
  | {
      type: 'sign';
      meaning: 'approval' | 'review';
      reason: string;
      approver?: string;
    }
  | { type: 'reject'; reason: string }
  | { type: 'withdraw'; reason: string }
  | { type: 'acknowledge' };

/**
 * Signs, rejects, withdraws from or acknowledges a revision. The same command
 * sent again after an answer was lost carries the same id.
 * @public
 */
export function useRevisionCommand(sopRef: string, hash: string) {
  const { api, client } = useSopQueryClient();
  const last = useRef<{ body: string; commandId: string }>();
  return useMutation<ControlView, Error, RevisionCommand>(
    {
      mutationFn: command => {
        const body = JSON.stringify(command);
        if (last.current?.body !== body) {
          last.current = { body, commandId: newCommandId() };
        }
        const { commandId } = last.current;
        switch (command.type) {
          case 'sign': {
            const { type: _, ...request } = command;
            return api.signRevision(sopRef, hash, { commandId, ...request });
          }
          case 'reject':
            return api.rejectRevision(sopRef, hash, {
              commandId,
              reason: command.reason,
            });
          case 'withdraw':
            return api.withdrawSignature(sopRef, hash, {
              commandId,
              reason: command.reason,
            });
          default:
            return api.acknowledgeRevision(sopRef, hash, { commandId });
        }
      },
      onSuccess: view => {
        last.current = undefined;
        client.setQueryData(keys.control(sopRef), view);
        // Who acknowledged may act on tasks now.
        client.invalidateQueries({ queryKey: ['sop'] });
      },
      onError: error => {
        if (!isUncertain(error)) {
          last.current = undefined;
        }
        if (errorDetails(error).status === 409) {
          client.invalidateQueries({ queryKey: keys.control(sopRef) });
        }
      },
    },
    client,
  );
}
