import type { JournalPage, Verification } from '@handrail/plugin-sop-common';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { keys } from './keys';
import { useSopQueryClient } from './queryClient';

const PAGE = 100;

/** The events of a run in pages, oldest first. @public */
export function useJournal(runId: string) {
  const { api, client } = useSopQueryClient();
  return useInfiniteQuery(
    {
      queryKey: keys.journal(runId),
      queryFn: ({ pageParam }) =>
        api.getJournal(runId, { after: pageParam, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: (page: JournalPage) =>
        page.items.length < PAGE
          ? undefined
          : page.items[page.items.length - 1].seq,
    },
    client,
  );
}

/** Asks the back end to recompute the hash chain and replay the run. @public */
export function useVerifyRun(runId: string) {
  const { api, client } = useSopQueryClient();
  return useMutation<Verification, Error, void>(
    { mutationFn: () => api.verifyRun(runId) },
    client,
  );
}

/** Fetches the bundle of a run, which can be verified without the portal. @public */
export function useExportRun(runId: string) {
  const { api, client } = useSopQueryClient();
  return useMutation<Blob, Error, void>(
    { mutationFn: () => api.exportRun(runId) },
    client,
  );
}
