import {
  createRouteRef,
  createSubRouteRef,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import type { SloKey, SloStatus } from '@handrail/plugin-slo-common';
import { useMemo } from 'react';

/** The list of SLOs. @public */
export const rootRouteRef = createRouteRef();

/** One SLO. @public */
export const sloRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:namespace/:name',
});

/** All routes of the plugin by their purpose. @public */
export const sloRouteRefs = { root: rootRouteRef, slo: sloRouteRef };

/** Builds the addresses of the SLO pages. */
export interface SloLinks {
  list(query?: { status?: readonly SloStatus[]; owner?: string }): string;
  slo(key: SloKey): string;
}

/** The addresses of the SLO pages where the app mounts them. */
export function useSloLinks(): SloLinks {
  const root = useRouteRef(rootRouteRef);
  return useMemo(() => {
    const base = (root?.() ?? '/slos').replace(/\/$/, '');
    return {
      list: ({ status = [], owner } = {}) => {
        const params = new URLSearchParams(status.map(one => ['status', one]));
        if (owner) {
          params.append('owner', owner);
        }
        const search = params.toString();
        return search ? `${base}?${search}` : base;
      },
      slo: ({ namespace, name }) =>
        `${base}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`,
    };
  }, [root]);
}
