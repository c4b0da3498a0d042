import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express from 'express';
import Router from 'express-promise-router';
import { DEMO_PROVIDER_ID } from './constants';
import { listPeople } from './people';

/**
 * `GET /demo/people` lists who can be chosen on the sign-in page. It is open,
 * because nobody is signed in yet when it is asked.
 */
export function createPeopleRouter(options: {
  catalog: CatalogService;
  auth: AuthService;
}): express.Router {
  const router = Router();
  router.get(`/${DEMO_PROVIDER_ID}/people`, async (_req, res) => {
    res.json({ items: await listPeople(options) });
  });
  return router;
}
