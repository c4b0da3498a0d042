import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import type { TaskScope } from '@handrail/plugin-sop-common';
import { useMemo } from 'react';

/** The catalogue of procedures. @public */
export const rootRouteRef = createRouteRef();

/** The tasks of the signed-in person. @public */
export const tasksRouteRef = createRouteRef();

/** All runs. @public */
export const runsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/runs',
});

/** One run. @public */
export const runRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/runs/:runId',
});

/** Which entities lack a required run. @public */
export const complianceRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/compliance',
});

/** What manual steps cost. @public */
export const toilRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/toil',
});

/** Starting a run. @public */
export const startRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/start',
});

/**
 * Where tours are taken, with `?tour=<ref>` for one of them. Bound to the
 * onboarding plugin where that is installed.
 * @public
 */
export const toursRouteRef = createExternalRouteRef({
  defaultTarget: 'onboarding.root',
});

/** The address at which a tour begins, by its entity ref. @public */
export function useTourLink(): (tourRef: string) => string {
  const tours = useRouteRef(toursRouteRef);
  return tourRef => withQuery(tours?.() ?? '/onboarding', { tour: tourRef });
}

/** Writing a procedure and trying it. @public */
export const editorRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/editor',
});

/** All routes of the plugin by their purpose. @public */
export const sopRouteRefs = {
  root: rootRouteRef,
  tasks: tasksRouteRef,
  runs: runsRouteRef,
  run: runRouteRef,
  start: startRouteRef,
  editor: editorRouteRef,
  compliance: complianceRouteRef,
  toil: toilRouteRef,
};

/** Filters of the list of runs, as its URL carries them. @public */
export interface RunListQuery {
  status?: readonly string[];
  sop?: string;
  target?: string;
  initiator?: string;
}

/** Builds the addresses of the SOP pages. @public */
export interface SopLinks {
  catalogue(): string;
  runs(query?: RunListQuery): string;
  run(runId: string, query?: { step?: string; tab?: string }): string;
  start(query?: { sop?: string; target?: string; mode?: 'rehearsal' }): string;
  editor(): string;
  tasks(scope?: TaskScope): string;
  compliance(query?: { sop?: string; owner?: string }): string;
  toil(): string;
}

function withQuery(
  path: string,
  query: Record<string, string | readonly string[] | undefined> = {},
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item) {
        params.append(key, item);
      }
    }
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

/**
 * The addresses of the SOP pages where the app mounts them; the default paths
 * when the plugin itself is not installed.
 * @public
 */
export function useSopLinks(): SopLinks {
  const root = useRouteRef(rootRouteRef);
  const tasks = useRouteRef(tasksRouteRef);
  return useMemo(() => {
    const base = (root?.() ?? '/sops').replace(/\/$/, '');
    return {
      catalogue: () => base,
      runs: query => withQuery(`${base}/runs`, { ...query }),
      run: (runId, query) =>
        withQuery(`${base}/runs/${encodeURIComponent(runId)}`, query),
      start: query => withQuery(`${base}/start`, query),
      editor: () => `${base}/editor`,
      compliance: query => withQuery(`${base}/compliance`, query),
      toil: () => `${base}/toil`,
      tasks: scope => withQuery(tasks?.() ?? '/tasks', { tab: scope }),
    };
  }, [root, tasks]);
}
