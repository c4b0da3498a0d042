import { readCaller } from './caller';
import { RouterOptions, SpecRouter } from './createRouter';

/** Locks and their queues. */
export function addLockRoutes(
  router: SpecRouter,
  { httpAuth, service }: RouterOptions,
): void {
  router.get('/locks', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { key } = req.query;
    res.json({ items: await service.listLocks({ key }, caller) });
  });
}
