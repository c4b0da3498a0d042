import { RouterOptions, SpecRouter } from './createRouter';
import { readCaller } from './caller';

/** What runs come to. */
export function addInsightRoutes(
  router: SpecRouter,
  { httpAuth, insight }: RouterOptions,
): void {
  router.get('/insight/compliance', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await insight.listCompliance(req.query, caller));
  });

  router.get('/insight/steps', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await insight.listSteps(req.query, caller));
  });

  router.get('/insight/toil', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await insight.listToil(req.query, caller));
  });

  router.get('/facts', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { entityRef } = req.query;
    res.json(await insight.getFacts({ entityRef }, caller));
  });
}
