import { RouterOptions, SpecRouter } from './createRouter';
import { readCaller } from './caller';

/** Routes about runs. */
export function addRunRoutes(
  router: SpecRouter,
  { httpAuth, service }: RouterOptions,
): void {
  router.get('/runs', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.listRuns(req.query, caller));
  });

  router.post('/runs', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.status(201).json(await service.startRun(req.body, caller));
  });

  router.get('/runs/:runId', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.getRun({ runId: req.params.runId }, caller));
  });

  router.post('/runs/:runId/commands', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const view = await service.executeCommand(
      { ...req.body, runId: req.params.runId },
      caller,
    );
    res.json(view);
  });

  router.get('/runs/:runId/journal', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { after, limit } = req.query;
    res.json(
      await service.getJournal(
        { runId: req.params.runId, after, limit },
        caller,
      ),
    );
  });

  router.post('/runs/:runId/verify', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.verifyRun({ runId: req.params.runId }, caller));
  });
}
