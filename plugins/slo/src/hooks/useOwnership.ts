import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSloQueryClient } from './queryClient';

/** Whom the signed-in person acts as, the groups too; undefined until known. */
export function useOwnership(): readonly string[] | undefined {
  const identityApi = useApi(identityApiRef);
  const [refs, setRefs] = useState<readonly string[]>();
  useEffect(() => {
    let live = true;
    identityApi.getBackstageIdentity().then(
      identity => live && setRefs(identity.ownershipEntityRefs),
      () => live && setRefs([]),
    );
    return () => {
      live = false;
    };
  }, [identityApi]);
  return refs;
}

/** Everybody who owns an SLO, as entity refs in order. */
export function useSloOwners(): readonly string[] {
  const catalogApi = useApi(catalogApiRef);
  const { client } = useSloQueryClient();
  const query = useQuery(
    {
      queryKey: ['slo', 'owners'],
      queryFn: async () => {
        const { facets } = await catalogApi.getEntityFacets({
          filter: { kind: 'slo' },
          facets: ['relations.ownedBy'],
        });
        return (facets['relations.ownedBy'] ?? [])
          .map(({ value }) => value)
          .sort((a, b) => a.localeCompare(b));
      },
      staleTime: 60_000,
    },
    client,
  );
  return query.data ?? [];
}
