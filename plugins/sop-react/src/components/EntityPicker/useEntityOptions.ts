import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { FilterPredicate } from '@backstage/filter-predicates';
import {
  catalogApiRef,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useQueryClientFor } from '../../hooks/queryClient';

/** An entity as the pickers offer it. */
export interface EntityOption {
  ref: string;
  title: string;
  detail: string;
}

/** How many matches are offered at once. */
const LIMIT = 20;
const FIELDS = ['kind', 'metadata', 'spec.profile.displayName'];
const SEARCHED = [
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
];

function toOption(entity: Entity): EntityOption {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    ref: stringifyEntityRef(entity),
    title:
      profile?.displayName ?? entity.metadata.title ?? entity.metadata.name,
    detail: humanizeEntityRef(entity),
  };
}

/** A ref that the catalog does not know, or that was typed into a URL. */
function unknownOption(ref: string): EntityOption {
  try {
    const parsed = parseEntityRef(ref, { defaultNamespace: 'default' });
    return { ref, title: humanizeEntityRef(parsed), detail: ref };
  } catch {
    return { ref, title: ref, detail: ref };
  }
}

function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/**
 * Entities that match what was typed, searched by the catalog, and those that
 * are chosen already.
 */
export function useEntityOptions(options: {
  query?: FilterPredicate;
  chosen: readonly string[];
  text: string;
  enabled: boolean;
}) {
  const { query, chosen, text, enabled } = options;
  const { api: catalogApi, client } = useQueryClientFor(catalogApiRef);
  const term = useDebounced(text);
  const known = useQuery(
    {
      queryKey: ['chosen', chosen],
      queryFn: async () =>
        (await catalogApi.getEntitiesByRefs({ entityRefs: [...chosen] })).items,
      enabled: chosen.length > 0,
      staleTime: 60_000,
    },
    client,
  );
  const search = useQuery(
    {
      queryKey: ['pick', query, term],
      queryFn: () =>
        catalogApi.queryEntities({
          query,
          limit: LIMIT,
          fields: FIELDS,
          fullTextFilter: term ? { term, fields: SEARCHED } : undefined,
          orderFields: { field: 'metadata.name', order: 'asc' },
        }),
      enabled,
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    },
    client,
  );
  return {
    found: (search.data?.items ?? []).map(toOption),
    selected: chosen.map((ref, index) => {
      const entity = known.data?.[index];
      return entity ? { ...toOption(entity), ref } : unknownOption(ref);
    }),
    searching: search.isFetching,
    error: search.error,
  };
}
