import { RouterOptions, SpecRouter } from './createRouter';
import { readCaller } from './caller';

/** Routes about policies of resource owners. */
export function addPolicyRoutes(
  router: SpecRouter,
  { httpAuth, policies }: RouterOptions,
): void {
  router.get('/policies/by-entity', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { entityRef } = req.query;
    res.json({ items: await policies.listForEntity({ entityRef }, caller) });
  });

  router.get('/policies/targets', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { policyRef } = req.query;
    res.json(await policies.listTargets({ policyRef }, caller));
  });
}
