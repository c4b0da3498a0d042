import { LoggerService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { Authenticator } from '../Authenticator';
import { GitHostService } from '../GitHostService';
import { Addresses } from './addresses';
import { createErrorHandler, notFound } from './errors';
import { createGiteaApi } from './giteaApi';
import { createPages, Probe } from './pages';
import { Presenter } from './presenters';
import { createSmartHttp } from './smartHttp';

/** All addresses of the git host. */
export function createRouter(options: {
  service: GitHostService;
  authenticator: Authenticator;
  addresses: Addresses;
  probe: Probe;
  logger: LoggerService;
  maxPushSize: number;
}): express.Router {
  const presenter = new Presenter(options.addresses);
  const router = Router();
  router.use('/api/v1', createGiteaApi({ ...options, presenter }));
  router.use('/api', notFound);
  router.use(createSmartHttp(options));
  router.use(createPages(options));
  router.use(notFound);
  router.use(createErrorHandler(options));
  return router;
}
