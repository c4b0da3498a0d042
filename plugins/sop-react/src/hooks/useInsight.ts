import type {
  CompliancePage,
  ComplianceRequest,
  StepInsightPage,
  StepInsightRequest,
  ToilPage,
} from '@handrail/plugin-sop-common';
import {
  InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  UseInfiniteQueryResult,
  useQuery,
  UseQueryResult,
} from '@tanstack/react-query';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';

/** Which entities lack a required run, page by page. @public */
export function useCompliance(
  request: ComplianceRequest,
): UseInfiniteQueryResult<InfiniteData<CompliancePage>> {
  const { api, client } = useSopQueryClient();
  return useInfiniteQuery(
    {
      queryKey: keys.compliance(request),
      queryFn: ({ pageParam }) =>
        api.listCompliance({ ...request, cursor: pageParam }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: page => page.nextCursor,
      refetchInterval: SLOW_REFETCH,
      placeholderData: keepPreviousData,
    },
    client,
  );
}

/** How long the steps of a procedure take; waits for a procedure. @public */
export function useStepInsight(
  request: Partial<StepInsightRequest>,
): UseQueryResult<StepInsightPage> {
  const { api, client } = useSopQueryClient();
  const { sopRef } = request;
  return useQuery(
    {
      queryKey: keys.stepInsight(request),
      queryFn: () => api.listStepInsight({ ...request, sopRef: sopRef! }),
      enabled: sopRef !== undefined,
      placeholderData: keepPreviousData,
    },
    client,
  );
}

/** Manual steps by the time they cost. @public */
export function useToil(days: number): UseQueryResult<ToilPage> {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.toil(days),
      queryFn: () => api.listToil({ days }),
      placeholderData: keepPreviousData,
    },
    client,
  );
}
