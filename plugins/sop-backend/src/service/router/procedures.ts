import { RouterOptions, SpecRouter } from './createRouter';
import { readCaller } from './caller';

/** Routes about procedures. */
export function addProcedureRoutes(
  router: SpecRouter,
  { httpAuth, service, simulation }: RouterOptions,
): void {
  router.post('/procedures/validate', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const problems = await service.validateProcedure(
      { entity: req.body.entity },
      caller,
    );
    res.json({ problems });
  });

  router.post('/procedures/:sopRef/simulation', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { sopRef } = req.params;
    res.json(await simulation.simulateRun({ ...req.body, sopRef }, caller));
  });

  router.get('/procedures/by-entity', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const items = await service.listProceduresForEntity(
      { entityRef: req.query.entityRef },
      caller,
    );
    res.json({ items });
  });
}
