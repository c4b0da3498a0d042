import { InputError } from '@backstage/errors';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { GitService, serveGit } from '../../git/httpBackend';
import { Authenticator } from '../Authenticator';
import { GitHostService, PushStage } from '../GitHostService';
import { callOptions, keyOf, textOf } from './params';

/** Clone, fetch and push by git's smart HTTP protocol. */
export function createSmartHttp(options: {
  service: GitHostService;
  authenticator: Authenticator;
  maxPushSize: number;
}): express.Router {
  const { service, authenticator, maxPushSize } = options;
  const router = Router();

  router.get('/:owner/:repo/info/refs', async (req, res) => {
    const gitService = textOf(req, 'service');
    if (gitService !== 'git-upload-pack' && gitService !== 'git-receive-pack') {
      throw new InputError(
        `service is ${JSON.stringify(
          gitService,
        )}; expected git-upload-pack or git-receive-pack, as git 1.6.6 and newer send it`,
      );
    }
    await serve(req, res, 'info/refs', gitService);
  });
  router.post('/:owner/:repo/git-upload-pack', async (req, res) =>
    serve(req, res, 'git-upload-pack', 'git-upload-pack'),
  );
  router.post('/:owner/:repo/git-receive-pack', async (req, res) =>
    serve(req, res, 'git-receive-pack', 'git-receive-pack'),
  );

  async function serve(
    req: Request,
    res: Response,
    endpoint: 'info/refs' | GitService,
    gitService: GitService,
  ): Promise<void> {
    const by = await callOptions(req, authenticator);
    const key = keyOf(req);
    const username =
      by.caller.type === 'account' ? by.caller.username : undefined;
    const transfer = (repository: string) =>
      serveGit(req, res, {
        repository,
        endpoint,
        service: gitService,
        username,
        maxPushSize,
      });
    if (gitService === 'git-upload-pack') {
      const reader = await service.openRepository(key, by);
      await transfer(reader.record.path);
    } else {
      const stage: PushStage =
        endpoint === 'info/refs' ? 'negotiate' : 'transfer';
      await service.push({ ...key, stage }, by, transfer);
    }
    // Only now: who gets the end of a push sees everything that it changed.
    res.end();
  }

  return router;
}
