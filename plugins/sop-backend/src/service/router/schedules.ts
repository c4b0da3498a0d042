import { readCaller } from './caller';
import { RouterOptions, SpecRouter } from './createRouter';

/** Schedules and their occurrences. */
export function addScheduleRoutes(
  router: SpecRouter,
  { httpAuth, schedules }: RouterOptions,
): void {
  router.get('/procedures/schedule', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { sopRef } = req.query;
    res.json(await schedules.getSchedule({ sopRef }, caller));
  });

  router.get('/procedures/occurrences', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await schedules.listOccurrences(req.query, caller));
  });
}
