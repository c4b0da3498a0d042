import { readCaller, RouterOptions, SpecRouter } from './createRouter';

/** Routes about incidents. */
export function addIncidentRoutes(
  router: SpecRouter,
  { httpAuth, service }: RouterOptions,
): void {
  router.get('/policy', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.getPolicy(caller));
  });

  router.get('/incidents', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.listIncidents(req.query, caller));
  });

  router.post('/incidents', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.status(201).json(await service.declare(req.body, caller));
  });

  router.get('/incidents/:incidentId', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { incidentId } = req.params;
    res.json(await service.getIncident({ incidentId }, caller));
  });

  router.post('/incidents/:incidentId/commands', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { incidentId } = req.params;
    res.json(await service.executeCommand({ ...req.body, incidentId }, caller));
  });

  router.get('/incidents/:incidentId/timeline', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { incidentId } = req.params;
    res.json(await service.getTimeline({ ...req.query, incidentId }, caller));
  });

  router.post('/incidents/:incidentId/verify', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { incidentId } = req.params;
    res.json(await service.verifyIncident({ incidentId }, caller));
  });

  router.get('/metrics', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.getMetrics(req.query, caller));
  });
}
