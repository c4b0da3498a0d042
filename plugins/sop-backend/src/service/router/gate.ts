import { readCaller } from './caller';
import { RouterOptions, SpecRouter } from './createRouter';

/** The change gate. */
export function addGateRoutes(
  router: SpecRouter,
  { httpAuth, gate }: RouterOptions,
): void {
  router.get('/gate', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { entityRef } = req.query;
    res.json(await gate.getGate({ entityRef }, caller));
  });
}
