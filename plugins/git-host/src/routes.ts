import {
  createRouteRef,
  createSubRouteRef,
  useRouteRef,
} from '@backstage/frontend-plugin-api';

/** The list of repositories. */
export const rootRouteRef = createRouteRef();

/** One repository; `?branch=` and `?path=` choose what is shown. */
export const repositoryRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:owner/:repo',
});

/** All routes of the plugin by their purpose. @public */
export const gitHostRouteRefs = {
  root: rootRouteRef,
  repository: repositoryRouteRef,
};

/** What of a repository a link shows. @public */
export interface RepositoryLinkTarget {
  owner: string;
  repo: string;
  branch?: string;
  path?: string;
}

/** The address of a repository's page, a folder or a file in it. @public */
export function useRepositoryLink(): (target: RepositoryLinkTarget) => string {
  const root = useRouteRef(rootRouteRef);
  const base = (root?.() ?? '/repositories').replace(/\/$/, '');
  return ({ owner, repo, branch, path }) => {
    const query = new URLSearchParams();
    if (branch) query.set('branch', branch);
    if (path) query.set('path', path);
    const search = query.toString();
    const page = `${base}/${encodeURIComponent(owner)}/${encodeURIComponent(
      repo,
    )}`;
    return search ? `${page}?${search}` : page;
  };
}
