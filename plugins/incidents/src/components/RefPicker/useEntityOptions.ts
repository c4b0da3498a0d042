import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useIncidentsQueryClient } from '../../hooks';

/** An entity as the pickers offer it. */
export interface EntityOption {
  ref: string;
  title: string;
  detail: string;
}

/** How many matches are offered at once. */
const LIMIT = 20;
const FIELDS = ['kind', 'metadata', 'spec.profile.displayName'];

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
    return { ref, title: parsed.name, detail: humanizeEntityRef(parsed) };
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
  kinds: readonly string[];
  chosen: readonly string[];
  text: string;
  enabled: boolean;
}) {
  const { kinds, chosen, text, enabled } = options;
  const catalogApi = useApi(catalogApiRef);
  const { client } = useIncidentsQueryClient();
  const term = useDebounced(text);
  const known = useQuery(
    {
      queryKey: ['incidents', 'entities', chosen],
      queryFn: async () =>
        (await catalogApi.getEntitiesByRefs({ entityRefs: [...chosen] })).items,
      enabled: chosen.length > 0,
      staleTime: 60_000,
    },
    client,
  );
  const search = useQuery(
    {
      queryKey: ['incidents', 'pick', kinds, term],
      queryFn: () =>
        catalogApi.queryEntities({
          filter: { kind: [...kinds] },
          limit: LIMIT,
          fields: FIELDS,
          fullTextFilter: term
            ? {
                term,
                fields: [
                  'metadata.name',
                  'metadata.title',
                  'spec.profile.displayName',
                ],
              }
            : undefined,
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
