import { useQuery } from '@tanstack/react-query';
import { keys } from './keys';
import { useSopQueryClient } from './queryClient';

/** The entities that a policy is about, and where it is in force. @public */
export function usePolicyTargets(policyRef: string) {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.policyTargets(policyRef),
      queryFn: () => api.listPolicyTargets(policyRef),
    },
    client,
  );
}

/** The policies that are about an entity. @public */
export function usePoliciesForEntity(entityRef: string) {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.policies(entityRef),
      queryFn: () => api.listPoliciesForEntity(entityRef),
    },
    client,
  );
}
