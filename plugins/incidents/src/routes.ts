import {
  createRouteRef,
  createSubRouteRef,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';

/** The list of incidents. @public */
export const rootRouteRef = createRouteRef();

/** One incident, by reference or id. @public */
export const incidentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:incidentId',
});

/** All routes of the plugin by their purpose. @public */
export const incidentRouteRefs = {
  root: rootRouteRef,
  incident: incidentRouteRef,
};

/** Filters of the list, as its URL carries them. @public */
export interface IncidentListQuery {
  entity?: string;
  owner?: string;
  severity?: readonly string[];
  status?: readonly string[];
}

/** Builds the addresses of the incident pages. @public */
export interface IncidentLinks {
  list(query?: IncidentListQuery): string;
  incident(reference: string, query?: { tab?: string }): string;
}

function withQuery(
  path: string,
  query: Record<string, string | readonly string[] | undefined>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of [value ?? []].flat()) {
      params.append(key, item);
    }
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

/**
 * The addresses of the incident pages where the app mounts them; the default
 * path when it does not.
 * @public
 */
export function useIncidentLinks(): IncidentLinks {
  const root = useRouteRef(rootRouteRef);
  return useMemo(() => {
    const base = (root?.() ?? '/incidents').replace(/\/$/, '');
    return {
      list: query => withQuery(base, { ...query }),
      incident: (reference, query) =>
        withQuery(`${base}/${encodeURIComponent(reference)}`, { ...query }),
    };
  }, [root]);
}
