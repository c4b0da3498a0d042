import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useSopQueryClient } from '@handrail/plugin-sop-react';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';

/** Filters of the catalogue of procedures, as the URL carries them. */
export interface CatalogueFilters {
  q?: string;
  type?: string;
  lifecycle?: string;
  owner?: string;
  system?: string;
  tag?: string;
}

const PAGE = 24;
const FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'relations',
  'spec.type',
  'spec.owner',
  'spec.lifecycle',
  'spec.document',
];

/** Facets of the catalog behind the filters. */
export const FACETS = {
  type: 'spec.type',
  lifecycle: 'spec.lifecycle',
  owner: 'relations.ownedBy',
  system: 'spec.system',
  tag: 'metadata.tags',
} as const;

/** Name of a filter that chooses among values. */
export type FacetName = keyof typeof FACETS;

/** Procedures in pages, searched and filtered by the catalog. */
export function useCatalogue(filters: CatalogueFilters) {
  const catalogApi = useApi(catalogApiRef);
  const { client } = useSopQueryClient();
  return useInfiniteQuery(
    {
      queryKey: ['sop', 'catalogue', filters],
      queryFn: ({ pageParam }) => {
        if (pageParam) {
          return catalogApi.queryEntities({
            cursor: pageParam,
            limit: PAGE,
            fields: FIELDS,
          });
        }
        const filter: Record<string, string> = { kind: 'sop' };
        for (const name of Object.keys(FACETS) as FacetName[]) {
          const value = filters[name];
          if (value) {
            filter[FACETS[name]] = value;
          }
        }
        return catalogApi.queryEntities({
          filter,
          limit: PAGE,
          fields: FIELDS,
          fullTextFilter: filters.q
            ? {
                term: filters.q,
                fields: [
                  'metadata.name',
                  'metadata.title',
                  'metadata.description',
                  'spec.document.number',
                ],
              }
            : undefined,
          orderFields: [
            { field: 'spec.document.number', order: 'asc' },
            { field: 'metadata.name', order: 'asc' },
          ],
        });
      },
      initialPageParam: '',
      getNextPageParam: page => page.pageInfo.nextCursor,
      placeholderData: keepPreviousData,
    },
    client,
  );
}

/** The values that each filter offers, with how many procedures have them. */
export function useFacets() {
  const catalogApi = useApi(catalogApiRef);
  const { client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: ['sop', 'facets'],
      queryFn: async () => {
        const { facets } = await catalogApi.getEntityFacets({
          filter: { kind: 'sop' },
          facets: Object.values(FACETS),
        });
        const of = (name: FacetName) =>
          (facets[FACETS[name]] ?? []).map(one => one.value).sort();
        return {
          type: of('type'),
          lifecycle: of('lifecycle'),
          owner: of('owner'),
          system: of('system'),
          tag: of('tag'),
        };
      },
      staleTime: 60_000,
    },
    client,
  );
}
