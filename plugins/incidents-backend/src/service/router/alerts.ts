import { readCaller, RouterOptions, SpecRouter } from './createRouter';

/** Routes about alerts and their deliveries. */
export function addAlertRoutes(
  router: SpecRouter,
  { httpAuth, service }: RouterOptions,
): void {
  router.get('/alerts', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.listAlerts(req.query, caller));
  });

  router.get('/deliveries', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.listDeliveries(req.query, caller));
  });
}
