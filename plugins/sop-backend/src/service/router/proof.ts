import { Response } from 'express';
import { Bundle } from '../../proof/ProofService';
import { RouterOptions, SpecRouter } from './createRouter';
import { readCaller } from './caller';

async function send(res: Response, { filename, chunks }: Bundle) {
  res.setHeader('content-type', 'application/zip');
  res.setHeader('content-disposition', `attachment; filename="${filename}"`);
  try {
    for await (const chunk of chunks) {
      if (!res.write(chunk)) {
        await new Promise(resolve => {
          res.once('drain', resolve);
          res.once('close', resolve);
        });
      }
      if (res.destroyed) {
        return;
      }
    }
    res.end();
  } catch (error) {
    // Half a bundle must not look like a whole one.
    res.destroy(error as Error);
  }
}

/** The log, and bundles of what it proves. */
export function addProofRoutes(
  router: SpecRouter,
  { httpAuth, proof }: RouterOptions,
): void {
  router.get('/log', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await proof.getStatus(caller));
  });

  router.post('/log/verify', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json(await proof.verifyLog(caller));
  });

  router.get('/runs/:runId/bundle', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { runId } = req.params;
    await send(
      res as unknown as Response,
      await proof.exportRun({ runId }, caller),
    );
  });

  router.get('/bundle', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { from, to } = req.query;
    await send(
      res as unknown as Response,
      await proof.exportPeriod({ from, to }, caller),
    );
  });
}
