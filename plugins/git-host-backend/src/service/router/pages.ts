import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { Authenticator } from '../Authenticator';
import { GitHostService, RepositoryKey } from '../GitHostService';
import { Addresses } from './addresses';
import { callOptions, keyOf } from './params';
import { sendFile } from './sendFile';

/** Says whether a branch (and a path after it) is there; throws when not. */
export type Probe = (
  key: RepositoryKey,
  branchPath: string,
) => Promise<{ branch: string; path: string }>;

/**
 * Addresses that people open: Gitea's, which stand in the catalog. A browser is
 * sent to the page of the portal, which asks who is there. Any other client
 * learns whether the branch exists and nothing else, which is how
 * `publish:gitea`, without credentials, waits for what it pushed.
 */
export function createPages(options: {
  service: GitHostService;
  authenticator: Authenticator;
  addresses: Addresses;
  probe: Probe;
}): express.Router {
  const { service, authenticator, addresses, probe } = options;
  const router = Router();

  const open = async (req: Request, res: Response, key: RepositoryKey) => {
    const branchPath = (req.params as Record<string, string>)[0] ?? '';
    if (req.accepts(['text/plain', 'html']) !== 'html') {
      if (branchPath) await probe(key, branchPath.replace(/\/+$/, ''));
      res.type('text/plain').send(`${addresses.page(key, {})}\n`);
      return;
    }
    // A browser that asks for what is not there sees it said by the page.
    const { branch, path } = await probe(
      key,
      branchPath.replace(/\/+$/, ''),
    ).catch(() => {
      const [first, ...rest] = branchPath.split('/');
      return { branch: first, path: rest.join('/') };
    });
    res.redirect(
      302,
      addresses.page(key, {
        ...(branch ? { branch } : {}),
        ...(path ? { path } : {}),
      }),
    );
  };

  router.get('/:owner/:repo', async (req, res) => {
    const key = keyOf(req);
    res.redirect(302, addresses.page(key, {}));
  });
  router.get(
    ['/:owner/:repo/src/branch/*', '/:owner/:repo/_edit/*'],
    async (req, res) => open(req, res, keyOf(req)),
  );
  router.get('/:owner/:repo/commit/:sha', async (req, res) => {
    res.redirect(
      302,
      addresses.page(keyOf(req), { branch: req.params.sha.slice(0, 64) }),
    );
  });

  router.get(
    ['/:owner/:repo/raw/branch/*', '/:owner/:repo/raw/commit/*'],
    async (req, res) => {
      const caller = await callOptions(req, authenticator);
      const reader = await service.openRepository(keyOf(req), caller);
      const rest = (req.params as Record<string, string>)[0];
      if (req.path.includes('/raw/commit/')) {
        const [sha, ...path] = rest.split('/');
        const commit = await reader.resolve(sha);
        await sendFile(res, reader, commit, path.join('/'));
        return;
      }
      const { branch, path } = await reader.splitBranchPath(rest);
      await sendFile(res, reader, await reader.resolve(branch), path);
    },
  );

  return router;
}
