import { RouterOptions, SpecRouter } from './createRouter';
import { readCaller } from './caller';

/** The outbox for systems outside of the portal. */
export function addEventRoutes(
  router: SpecRouter,
  { httpAuth, events }: RouterOptions,
): void {
  router.get('/events', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { after, limit } = req.query;
    res.json(await events.listEvents({ after, limit }, caller));
  });
}
