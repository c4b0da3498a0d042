import { InputError } from '@backstage/errors';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Authenticator } from '../Authenticator';
import { GitHostService } from '../GitHostService';
import { callOptions, keyOf, pageOf, textOf } from './params';
import { Presenter } from './presenters';
import { sendFile, sendStream } from './sendFile';

const creationSchema = z.object({
  name: z.string(),
  description: z.string().nullish(),
  private: z.boolean().nullish(),
});

/** The calls of Gitea's API, version 1, that the portal and its page need. */
export function createGiteaApi(options: {
  service: GitHostService;
  authenticator: Authenticator;
  presenter: Presenter;
}): express.Router {
  const { service, authenticator, presenter } = options;
  const router = Router();
  const by = (req: Request) => callOptions(req, authenticator);

  router.get('/version', (_req, res) => {
    res.json({ version: '1.22.0+handrail' });
  });

  router.get('/orgs/:org', async (req, res) => {
    await service.assertOrganization(req.params.org, await by(req));
    res.json(presenter.organization(req.params.org));
  });

  router.get('/orgs/:org/repos', async (req, res) => {
    const caller = await by(req);
    await service.assertOrganization(req.params.org, caller);
    const { items, total } = await service.listRepositories(
      { ...pageOf(req), owner: req.params.org },
      caller,
    );
    sendPage(res, items.map(presenter.repository, presenter), total);
  });

  router.post(
    '/orgs/:org/repos',
    express.json({ limit: '64kb' }),
    async (req, res) => {
      const caller = await by(req);
      const body = creationSchema.safeParse(req.body);
      if (!body.success) {
        const [issue] = body.error.issues;
        throw new InputError(
          `${issue.path.join('.') || 'body'}: ${
            issue.message
          }; expected { name, description?, private? } as JSON`,
        );
      }
      const { name, description, private: isPrivate } = body.data;
      const view = await service.createRepository(
        {
          owner: req.params.org,
          name,
          description: description ?? '',
          private: isPrivate ?? false,
        },
        caller,
      );
      res.status(201).json(presenter.repository(view));
    },
  );

  router.get('/repos/search', async (req, res) => {
    const { items, total } = await service.listRepositories(
      { ...pageOf(req), query: textOf(req, 'q') },
      await by(req),
    );
    res.setHeader('X-Total-Count', total);
    res.json({ ok: true, data: items.map(presenter.repository, presenter) });
  });

  router.get('/repos/:owner/:repo', async (req, res) => {
    const view = await service.getRepository(keyOf(req), await by(req));
    res.json(presenter.repository(view));
  });

  router.delete('/repos/:owner/:repo', async (req, res) => {
    await service.deleteRepository(keyOf(req), await by(req));
    res.status(204).end();
  });

  router.get('/repos/:owner/:repo/branches', async (req, res) => {
    const reader = await service.openRepository(keyOf(req), await by(req));
    const branches = await reader.listBranches();
    sendPage(res, branches.map(presenter.branch), branches.length);
  });

  router.get('/repos/:owner/:repo/commits', async (req, res) => {
    const key = keyOf(req);
    const reader = await service.openRepository(key, await by(req));
    const sha = await reader.resolve(textOf(req, 'sha'));
    const { items, total } = await reader.listCommits(sha, {
      ...pageOf(req),
      path: textOf(req, 'path'),
    });
    sendPage(
      res,
      items.map(one => presenter.commit(key, one)),
      total,
    );
  });

  router.get('/repos/:owner/:repo/git/commits/*', async (req, res) => {
    const key = keyOf(req);
    const reader = await service.openRepository(key, await by(req));
    const commit = await reader.commit(await reader.resolve(star(req)));
    res.json(presenter.commit(key, commit));
  });

  router.get(
    ['/repos/:owner/:repo/contents', '/repos/:owner/:repo/contents/*'],
    async (req, res) => {
      const key = keyOf(req);
      const reader = await service.openRepository(key, await by(req));
      const ref = textOf(req, 'ref') ?? (await reader.defaultBranch());
      const found = await reader.contents(await reader.resolve(ref), star(req));
      if (found.type === 'dir') {
        const { entries } = found;
        res.json(entries.map(one => presenter.entry(key, ref, one)));
        return;
      }
      const { entry } = found;
      const content = await reader.blob(entry);
      res.setHeader('ETag', `"${entry.sha}"`);
      res.json(presenter.entry(key, ref, entry, content));
    },
  );

  router.get('/repos/:owner/:repo/raw/*', async (req, res) => {
    const reader = await service.openRepository(keyOf(req), await by(req));
    const commit = await reader.resolve(textOf(req, 'ref'));
    await sendFile(res, reader, commit, star(req));
  });

  router.get('/repos/:owner/:repo/archive/*', async (req, res) => {
    const reader = await service.openRepository(keyOf(req), await by(req));
    const [, ref] = /^(.+)\.tar\.gz$/.exec(star(req)) ?? [];
    if (!ref) {
      throw new InputError(
        `The archive is "${star(req)}"; expected <ref>.tar.gz`,
      );
    }
    const commit = await reader.resolve(ref);
    res.setHeader('Content-Type', 'application/gzip');
    res.setHeader('ETag', `"${commit}"`);
    await sendStream(res, reader.streamArchive(commit));
  });

  return router;
}

/** What the `*` of the route stands for. */
function star(req: Request): string {
  return (req.params as Record<string, string>)[0] ?? '';
}

function sendPage(res: Response, items: unknown[], total: number): void {
  res.setHeader('X-Total-Count', total);
  res.json(items);
}
