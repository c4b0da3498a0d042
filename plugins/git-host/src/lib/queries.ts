import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useQueryClientFor } from '@handrail/plugin-sop-react';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { gitHostApiRef, Repository, RepositoryKey } from '../api';

/** One cache per API, shared by the pages. */
function useClient() {
  return useQueryClientFor(gitHostApiRef);
}

/** The next page while there is more than what was loaded. */
function nextPage<T extends { items: unknown[]; total: number }>(
  last: T,
  pages: T[],
): number | undefined {
  const loaded = pages.reduce((sum, page) => sum + page.items.length, 0);
  return loaded < last.total ? pages.length + 1 : undefined;
}

/** Repositories in pages. */
export function useRepositories(query: string | undefined) {
  const { api, client } = useClient();
  return useInfiniteQuery(
    {
      queryKey: ['repositories', query],
      queryFn: ({ pageParam }) =>
        api.listRepositories({ query, page: pageParam }),
      initialPageParam: 1,
      getNextPageParam: nextPage,
      placeholderData: keepPreviousData,
    },
    client,
  );
}

/** One repository. */
export function useRepository(key: RepositoryKey) {
  const { api, client } = useClient();
  return useQuery(
    { queryKey: ['repository', key], queryFn: () => api.getRepository(key) },
    client,
  );
}

/** Names of its branches. */
export function useBranches(key: RepositoryKey) {
  const { api, client } = useClient();
  return useQuery(
    {
      queryKey: ['branches', key],
      queryFn: async () => (await api.listBranches(key)).map(one => one.name),
    },
    client,
  );
}

/** A folder or a file; not asked for while `path` is undefined. */
export function useContents(
  key: RepositoryKey,
  ref: string,
  path: string | undefined,
) {
  const { api, client } = useClient();
  return useQuery(
    {
      queryKey: ['contents', key, ref, path],
      queryFn: () => api.getContents({ ...key, ref, path: path ?? '' }),
      enabled: path !== undefined,
    },
    client,
  );
}

/** Commits in pages, newest first. */
export function useCommits(key: RepositoryKey, ref: string, path: string) {
  const { api, client } = useClient();
  return useInfiniteQuery(
    {
      queryKey: ['commits', key, ref, path],
      queryFn: ({ pageParam }) =>
        api.listCommits({ ...key, ref, path, page: pageParam }),
      initialPageParam: 1,
      getNextPageParam: nextPage,
    },
    client,
  );
}

const SOURCE = 'backstage.io/source-location';

/**
 * Refs of the entities whose source is one of the repositories, by the full name
 * of the repository. Without an answer of the catalog the lists are empty.
 */
export function useComponents(repositories: Repository[]) {
  const { client } = useClient();
  const catalogApi = useApi(catalogApiRef);
  const sources = new Map(
    repositories.map(one => [
      `url:${one.html_url}/src/branch/${one.default_branch}/`,
      one.full_name,
    ]),
  );
  const { data } = useQuery(
    {
      queryKey: ['components', [...sources.keys()]],
      enabled: sources.size > 0,
      queryFn: async () => {
        const { items } = await catalogApi.getEntities({
          filter: { [`metadata.annotations.${SOURCE}`]: [...sources.keys()] },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.annotations',
          ],
        });
        return items.filter(one => one.kind !== 'Location');
      },
      placeholderData: keepPreviousData,
    },
    client,
  );
  const refs = new Map<string, string[]>();
  for (const entity of data ?? []) {
    const source = entity.metadata.annotations?.[SOURCE] ?? '';
    const name = sources.get(source);
    if (name) {
      refs.set(name, [...(refs.get(name) ?? []), stringifyEntityRef(entity)]);
    }
  }
  return refs;
}
