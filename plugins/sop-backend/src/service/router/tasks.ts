import { RouterOptions, SpecRouter } from './createRouter';
import { readCaller } from './caller';

/** Routes about the tasks of the person who asks. */
export function addTaskRoutes(
  router: SpecRouter,
  { httpAuth, service }: RouterOptions,
): void {
  router.get('/tasks/count', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.countTasks(caller));
  });

  router.get('/tasks', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await service.listTasks(req.query, caller));
  });
}
