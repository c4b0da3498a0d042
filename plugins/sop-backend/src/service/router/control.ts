import { stringifyEntityRef } from '@backstage/catalog-model';
import { readCaller } from './caller';
import { RouterOptions, SpecRouter } from './createRouter';

type Path = { namespace: string; name: string };

const sopRefOf = ({ namespace, name }: Path) =>
  stringifyEntityRef({ kind: 'sop', namespace, name });

/** Document control: revisions, signatures, acknowledgements, reviews. */
export function addControlRoutes(
  router: SpecRouter,
  { httpAuth, control }: RouterOptions,
): void {
  router.get('/procedures', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const { sopRef: sopRefs } = req.query;
    res.json({ items: await control.listProcedures({ sopRefs }, caller) });
  });

  router.get('/procedures/:namespace/:name/control', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    const sopRef = sopRefOf(req.params);
    res.json(await control.getControl({ sopRef }, caller));
  });

  router.get(
    '/procedures/:namespace/:name/control/journal',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const { after, limit } = req.query;
      const sopRef = sopRefOf(req.params);
      res.json(
        await control.getControlJournal({ sopRef, after, limit }, caller),
      );
    },
  );

  router.post(
    '/procedures/:namespace/:name/control/verify',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const sopRef = sopRefOf(req.params);
      res.json(await control.verifyControl({ sopRef }, caller));
    },
  );

  router.get(
    '/procedures/:namespace/:name/revisions/:hash',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const { hash } = req.params;
      const sopRef = sopRefOf(req.params);
      res.json(await control.getRevision({ sopRef, hash }, caller));
    },
  );

  router.get(
    '/procedures/:namespace/:name/revisions/:hash/diff',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const { hash } = req.params;
      const { from } = req.query;
      const sopRef = sopRefOf(req.params);
      res.json(await control.diffRevision({ sopRef, hash, from }, caller));
    },
  );

  router.post(
    '/procedures/:namespace/:name/revisions/:hash/signatures',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const { hash } = req.params;
      const sopRef = sopRefOf(req.params);
      res
        .status(201)
        .json(await control.sign({ ...req.body, sopRef, hash }, caller));
    },
  );

  router.post(
    '/procedures/:namespace/:name/revisions/:hash/withdrawals',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const { hash } = req.params;
      const sopRef = sopRefOf(req.params);
      res
        .status(201)
        .json(await control.withdraw({ ...req.body, sopRef, hash }, caller));
    },
  );

  router.post(
    '/procedures/:namespace/:name/revisions/:hash/rejections',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const { hash } = req.params;
      const sopRef = sopRefOf(req.params);
      res
        .status(201)
        .json(await control.reject({ ...req.body, sopRef, hash }, caller));
    },
  );

  router.post(
    '/procedures/:namespace/:name/revisions/:hash/acknowledgements',
    async (req, res) => {
      const caller = await readCaller(httpAuth, req);
      const { hash } = req.params;
      const sopRef = sopRefOf(req.params);
      res
        .status(201)
        .json(await control.acknowledge({ ...req.body, sopRef, hash }, caller));
    },
  );

  router.get('/reviews', async (req, res) => {
    const caller = await readCaller(httpAuth, req);
    res.json({ items: await control.listReviews(caller) });
  });
}
