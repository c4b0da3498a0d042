import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  ControlView,
  ProcedureStanding,
  SopSpec,
} from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';
import { Person } from '../__testUtils__/Person';

jest.setTimeout(60_000);

const user = (name: string, displayName: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { profile: { displayName } },
});
const people = [user('lead', 'Lea Lead'), user('op', 'Otto Operator')];

const work = (name = 'Write it'): SopSpec['steps'] => [
  { id: 'write', type: 'manual', name, role: 'developer' },
];

/** Signed by a lead and an operator; `label` is that of the revision. */
const controlled = (
  name: string,
  label: string,
  steps = work(),
  more: Partial<SopSpec> & { training?: 'required' } = {},
) => {
  const { training, ...spec } = more;
  return procedure(name, steps, {
    document: {
      number: 'SOP-7',
      revision: label,
      reviewEvery: 'P3M',
      approvers: ['group:default/leads', 'group:default/operators'],
      ...(training ? { training } : {}),
    },
    ...spec,
  });
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('document control, %s', id => {
  let harness: Harness;
  let knex: Knex;
  let files: Record<string, Entity>;

  const file = (name: string, entity: Entity) => {
    files = { ...files, [name]: entity };
    harness.setProcedures([...people, ...Object.values(files)]);
  };

  async function control(name: string, as = 'dev'): Promise<ControlView> {
    const response = await harness
      .as(as)
      .get(`/procedures/default/${name}/control`);
    expect(response.body.error).toBeUndefined();
    return response.body;
  }

  function send(
    who: Person,
    name: string,
    hash: string,
    act: string,
    body: object = {},
  ) {
    return who.post(`/procedures/default/${name}/revisions/${hash}/${act}`, {
      commandId: who.commandId(),
      ...body,
    });
  }

  const approve = (who: Person, name: string, hash: string, more = {}) =>
    send(who, name, hash, 'signatures', {
      meaning: 'approval',
      reason: 'It is right',
      ...more,
    });

  async function signAll(name: string): Promise<ControlView> {
    const { currentHash } = await control(name);
    for (const who of ['lead', 'op']) {
      const response = await approve(harness.as(who), name, currentHash);
      expect(response.body.error).toBeUndefined();
      expect(response.status).toBe(201);
    }
    return control(name);
  }

  beforeAll(async () => {
    knex = await databases.init(id);
    files = {};
    harness = await startHarness({ entities: people, knex });
  });

  afterEach(() => {
    harness.denied.clear();
  });

  afterAll(() => harness.stop());

  it('lets a revision in force only after every approver has signed it', async () => {
    file('release', controlled('release', '1'));
    const before = await control('release');
    expect(before).toMatchObject({
      sentence:
        'No revision is in force. Revision 1 is in review: leads and operators must still sign it.',
      canStart: { allowed: false },
      canRehearse: { allowed: true },
    });
    expect((await harness.as('dev').start('release')).body.error).toMatchObject(
      {
        name: 'InputError',
        message: `${before.sentence} It can be rehearsed.`,
      },
    );

    const asLead = await control('release', 'lead');
    expect(asLead.revisions[0]).toMatchObject({
      sign: { allowed: true },
      signFor: ['group:default/leads'],
    });
    const after = await signAll('release');
    expect(after.sentence).toMatch(
      /^Revision 1 is in force since [-0-9]{10}, signed by Lea Lead and Otto Operator\.$/,
    );
    expect(after.revisions[0].approvers[0]).toMatchObject({
      entityRef: 'group:default/leads',
      kept: false,
      signature: {
        meaning: 'approval',
        by: 'user:default/lead',
        name: 'Lea Lead',
        reason: 'It is right',
      },
    });
    const run = await harness.as('dev').start('release');
    expect(run.status).toBe(201);
    expect(run.body).toMatchObject({ revisionHash: after.effectiveHash });
    expect(run.body.mode).toBeUndefined();
    const [started] = (
      await harness.as('dev').get(`/runs/${run.body.runId}/journal`)
    ).body.items;
    const journal = (
      await harness.as('dev').get('/procedures/default/release/control/journal')
    ).body;
    expect(started.data.control).toEqual({
      seq: 3,
      hash: journal.items[2].hash,
    });
  });

  it('starts what is in force while a changed file is in review', async () => {
    file('change', controlled('change', '1'));
    const { effectiveHash } = await signAll('change');
    file('change', controlled('change', '2', work('Write it better')));
    const view = await control('change');
    expect(view.effectiveHash).toBe(effectiveHash);
    expect(view.currentHash).not.toBe(effectiveHash);
    expect(view.revisions.map(one => one.status)).toEqual([
      'in-review',
      'effective',
    ]);
    const run = (await harness.as('dev').start('change')).body;
    expect(run.steps[0].name).toBe('Write it');

    const diff = (
      await harness
        .as('dev')
        .get(
          `/procedures/default/change/revisions/${view.currentHash}/diff?from=${effectiveHash}`,
        )
    ).body;
    expect(diff.steps).toEqual([
      {
        id: 'write',
        name: 'Write it better',
        change: 'changed',
        fields: [
          { path: 'name', before: 'Write it', after: 'Write it better' },
        ],
      },
    ]);
    expect(diff.fields).toEqual([
      { path: 'document.revision', before: '1', after: '2' },
    ]);
    expect(diff.text).toContain('-    name: Write it\n');
    expect(diff.text).toContain('+    name: Write it better');
  });

  it('rehearses what is not in force, shows it everywhere, and counts it nowhere', async () => {
    file(
      'rehearse',
      controlled(
        'rehearse',
        '1',
        [
          {
            id: 'deploy',
            type: 'action',
            name: 'Deploy',
            action: 'test:deploy',
          },
          ...work(),
        ],
        { appliesTo: { kind: 'Component', 'spec.type': 'service' } },
      ),
    );
    const dev = harness.as('dev');
    const body = { targetRef: 'component:default/checkout' };
    const deployed = jest.fn(async () => ({ output: { version: '1' } }));
    harness.actions.register({
      name: 'deploy',
      title: 'Deploy',
      description: 'Deploys',
      schema: { input: z => z.object({}), output: z => z.object({}) },
      action: deployed,
    });
    harness.denied.add('sop.run.rehearse');
    const refused = await dev.start('rehearse', { ...body, mode: 'rehearsal' });
    expect(refused.body.error.message).toContain('sop.run.rehearse');
    harness.denied.clear();

    const started = await dev.start('rehearse', { ...body, mode: 'rehearsal' });
    expect(started.body.mode).toBe('rehearsal');
    const { runId } = started.body;
    const run = await dev.until(
      runId,
      one => one.steps[0].status === 'completed',
    );
    expect(run.steps[0].output).toEqual({
      rehearsal: true,
      notCalled: 'test:deploy',
    });
    expect(deployed).not.toHaveBeenCalled();
    expect(run.timeline[run.timeline.length - 1].text).toBe(
      'started a rehearsal',
    );
    const tasks = await dev.tasks('groups');
    expect(tasks.find(one => one.runId === runId)?.mode).toBe('rehearsal');
    const sopRef = encodeURIComponent('sop:default/rehearse');
    const listed = (await dev.get(`/runs?sopRef=${sopRef}`)).body;
    expect(listed.error).toBeUndefined();
    expect(listed.items[0]).toMatchObject({ runId, mode: 'rehearsal' });
    const governing = (
      await dev.get(
        `/procedures/by-entity?entityRef=${encodeURIComponent(body.targetRef)}`,
      )
    ).body.items.find(
      (one: { sopRef: string }) => one.sopRef === 'sop:default/rehearse',
    );
    expect(governing).toMatchObject({ lifecycle: 'in-review', openRuns: 0 });
    expect(governing.latestRun).toBeUndefined();
    expect((await dev.post(`/runs/${runId}/verify`)).body).toMatchObject({
      ok: true,
    });
  });

  it('refuses signatures of the wrong person, given twice, or of what the file no longer has', async () => {
    file('refuse', controlled('refuse', '1'));
    const { currentHash: hash } = await control('refuse');
    const journal = async () =>
      (
        await harness
          .as('dev')
          .get('/procedures/default/refuse/control/journal')
      ).body.items.length;

    const dev = await approve(harness.as('dev2'), 'refuse', hash);
    expect([dev.status, dev.body.error.message]).toEqual([
      403,
      'Only leads or operators may approve revision 1.',
    ]);
    const service = await approve(harness.asService(), 'refuse', hash);
    expect([service.status, service.body.error.message]).toEqual([
      403,
      'Only people may sign; a service token stands for nobody.',
    ]);
    expect((await approve(harness.asNobody(), 'refuse', hash)).status).toBe(
      401,
    );
    const silent = await approve(harness.as('lead'), 'refuse', hash, {
      reason: '   ',
    });
    expect([silent.status, silent.body.error.problems[0].path]).toEqual([
      400,
      'reason',
    ]);
    const odd = await approve(harness.as('lead'), 'refuse', 'not-a-hash');
    expect(odd.status).toBe(400);
    const unknown = await approve(harness.as('lead'), 'refuse', 'f'.repeat(64));
    expect(unknown.status).toBe(404);
    const none = await approve(harness.as('lead'), 'nowhere', hash);
    expect(none.status).toBe(404);
    harness.denied.add('sop.procedure.sign');
    const denied = await approve(harness.as('lead'), 'refuse', hash);
    expect([denied.status, denied.body.error.message]).toEqual([
      403,
      expect.stringContaining('sop.procedure.sign'),
    ]);
    expect((await control('refuse', 'lead')).revisions[0].sign).toMatchObject({
      allowed: false,
    });
    harness.denied.clear();
    expect(await journal()).toBe(1);

    expect((await approve(harness.as('lead'), 'refuse', hash)).status).toBe(
      201,
    );
    const twice = await approve(harness.as('lead'), 'refuse', hash);
    expect([twice.status, twice.body.error.message]).toEqual([
      409,
      'You have signed revision 1 for leads already. One person signs once, whatever groups they are in.',
    ]);
    file('refuse', controlled('refuse', '2'));
    const stale = await approve(harness.as('op'), 'refuse', hash);
    expect([stale.status, stale.body.error.message]).toEqual([
      409,
      expect.stringContaining('has another content by now'),
    ]);
    expect(
      harness.audits.filter(
        ({ event, outcome }) =>
          event.eventId === 'procedure' && outcome === 'success',
      ).length,
    ).toBeGreaterThan(0);
    expect(harness.audits[harness.audits.length - 1]).toMatchObject({
      outcome: 'ConflictError',
      event: { severityLevel: 'high', meta: { actionType: 'sign', hash } },
    });
  });

  it('takes one signature for one command, whoever repeats it', async () => {
    file('repeat', controlled('repeat', '1'));
    const { currentHash: hash } = await control('repeat');
    const commandId = 'one-signature';
    const lead = harness.as('lead');
    const answers = await Promise.all(
      [1, 2, 3].map(() => approve(lead, 'repeat', hash, { commandId })),
    );
    expect(answers.map(one => one.status)).toEqual([201, 201, 201]);
    expect((await control('repeat')).revisions[0].signatures).toHaveLength(1);
    const thief = await approve(harness.as('op'), 'repeat', hash, {
      commandId,
    });
    expect(thief.status).toBe(409);
  });

  it('lets two approvers sign at the same moment', async () => {
    file('race', controlled('race', '1'));
    const { currentHash: hash } = await control('race');
    await Promise.all(
      ['lead', 'op'].map(who => approve(harness.as(who), 'race', hash)),
    );
    expect((await control('race')).effectiveHash).toBe(hash);
  });

  it('says that a label is used again', async () => {
    file('label', controlled('label', '1'));
    await signAll('label');
    file('label', controlled('label', '1', work('Something else')));
    const view = await control('label');
    expect(view.sentence).toContain('Label reuse: revision "1"');
    const reuse = await approve(harness.as('lead'), 'label', view.currentHash);
    expect([reuse.status, reuse.body.error.message]).toEqual([
      409,
      expect.stringContaining('Give the changed content another label'),
    ]);
  });

  it('takes signatures and rejections back', async () => {
    file('back', controlled('back', '1'));
    const { currentHash: hash } = await control('back');
    await approve(harness.as('lead'), 'back', hash);
    const reason = { reason: 'Step 2 is wrong' };
    const rejected = await send(
      harness.as('op'),
      'back',
      hash,
      'rejections',
      reason,
    );
    expect(rejected.body.revisions[0]).toMatchObject({
      status: 'draft',
      rejection: { name: 'Otto Operator', reason: 'Step 2 is wrong' },
    });
    expect(
      (await send(harness.as('dev'), 'back', hash, 'withdrawals', reason))
        .status,
    ).toBe(409);
    const back = await send(
      harness.as('op'),
      'back',
      hash,
      'withdrawals',
      reason,
    );
    expect(back.body.revisions[0].status).toBe('in-review');
    await send(harness.as('lead'), 'back', hash, 'withdrawals', reason);
    const { revisions } = await control('back');
    expect(revisions[0].signatures[0].withdrawn).toMatchObject(reason);
    expect((await signAll('back')).effectiveHash).toBe(hash);
  });

  it('keeps people from tasks until they have acknowledged the revision', async () => {
    file('train', controlled('train', '1', work(), { training: 'required' }));
    const view = await signAll('train');
    expect(view.acknowledgement).toMatchObject({
      required: true,
      count: 0,
      permit: { allowed: true },
    });
    const hash = view.effectiveHash!;
    const dev = harness.as('dev');
    const { runId } = (await dev.start('train')).body;
    const run = await dev.run(runId);
    expect(run.acknowledgement).toEqual({});
    expect(run.steps[0].act).toEqual({
      allowed: false,
      reason:
        'You have not acknowledged revision 1 of SOP-7 yet. Read it and acknowledge it, then you may work on its tasks.',
    });
    const claim = { type: 'claim', stepId: 'write', taskVersion: 2 };
    const refused = await dev.command(runId, claim);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      run.steps[0].act!.reason,
    ]);

    expect(
      (await send(harness.asService(), 'train', hash, 'acknowledgements'))
        .status,
    ).toBe(403);
    harness.denied.add('sop.procedure.acknowledge');
    expect((await send(dev, 'train', hash, 'acknowledgements')).status).toBe(
      403,
    );
    harness.denied.clear();
    for (let i = 0; i < 2; i++) {
      const read = await send(dev, 'train', hash, 'acknowledgements');
      expect(read.body.acknowledgement).toMatchObject({
        count: 1,
        acknowledgedAt: expect.any(String),
      });
    }
    expect((await dev.run(runId)).steps[0].act).toEqual({ allowed: true });
    const task = (await dev.tasks('groups')).find(one => one.runId === runId);
    expect(task?.act).toEqual({ allowed: true });
    const claimed = await dev.command(runId, claim);
    expect(claimed.status).toBe(200);
    const { items } = (await dev.get(`/runs/${runId}/journal`)).body;
    expect(items[items.length - 1]).toMatchObject({
      type: 'task.claimed',
      data: { acknowledgedAt: expect.any(String) },
    });
    // Somebody else has to do it for themselves.
    const other = await harness.as('dev2').run(runId);
    expect(other.acknowledgement).toEqual({});
    // A newer revision does not undo what was acknowledged for this run.
    file(
      'train',
      controlled('train', '2', work('New'), { training: 'required' }),
    );
    await signAll('train');
    await dev.act(runId, 'write', { type: 'complete' });
  });

  it('tells who is to sign, and that it is signed', async () => {
    file('news', controlled('news', '1'));
    const { currentHash: hash } = await control('news');
    const scope = `sop:revision:sop:default/news:${hash}`;
    const messages = () =>
      harness.notifications
        .filter(one => one.payload.scope === scope)
        .map(one => [one.payload.title, one.recipients]);
    expect(messages()).toEqual([
      [
        'Sign revision 1 of Procedure news?',
        {
          type: 'entity',
          entityRef: ['group:default/leads', 'group:default/operators'],
        },
      ],
    ]);
    await signAll('news');
    expect(messages()[1][0]).toBe('Procedure news: revision 1 is signed');
  });

  it('lists reviews that are overdue, and forgets those of procedures that are gone', async () => {
    file('old', controlled('old', '1'));
    await signAll('old');
    const reviews = async () =>
      (await harness.as('dev').get('/reviews')).body.items.filter(
        (one: { sopRef: string }) => one.sopRef === 'sop:default/old',
      );
    expect(await reviews()).toEqual([]);
    // Half a year passes for this document only.
    const row = await knex('procedure_control')
      .where('sop_ref', 'sop:default/old')
      .first();
    const past = row.state.replace(/"at":"\d{4}/g, '"at":"2020');
    await knex('procedure_control')
      .where('sop_ref', 'sop:default/old')
      .update({ state: past });
    expect(await reviews()).toEqual([
      expect.objectContaining({
        state: 'overdue',
        owner: 'group:default/leads',
        label: '1',
      }),
    ]);
    const verdict = await harness
      .as('dev')
      .post('/procedures/default/old/control/verify');
    expect(verdict.body).toMatchObject({ ok: false, reason: 'projection' });
  });

  it('tells how procedures stand: all, or those that are asked for', async () => {
    file('one', controlled('one', '1'));
    file('two', controlled('two', '1'));
    await signAll('two');
    const list = async (query = '') => {
      const { body } = await harness.as('dev').get(`/procedures${query}`);
      return body.items ?? body.error.message;
    };
    const of = (ref: string) => `sopRef=${encodeURIComponent(ref)}`;
    const refs = (await list()).map((one: ProcedureStanding) => one.sopRef);
    expect(refs).toEqual(
      expect.arrayContaining(['sop:default/one', 'sop:default/two']),
    );
    expect(
      await list(
        `?${of('sop:default/two')}&${of('sop:default/none')}&${of(
          'user:default/lead',
        )}`,
      ),
    ).toEqual([
      expect.objectContaining({
        sopRef: 'sop:default/two',
        canStart: { allowed: true },
      }),
    ]);
    expect(await list(`?${of('two')}`)).toMatch('is not an entity ref');
    const many = Array.from({ length: 101 }, (_, i) => of(`sop:default/${i}`));
    expect(await list(`?${many.join('&')}`)).toMatch(/100/);
  });

  it('verifies the journal of a document, and finds what was changed in it', async () => {
    file('proof', controlled('proof', '1'));
    await signAll('proof');
    const verify = async () =>
      (await harness.as('dev').post('/procedures/default/proof/control/verify'))
        .body;
    expect(await verify()).toMatchObject({ ok: true, events: 3 });
    const where = { sop_ref: 'sop:default/proof', seq: 2 };
    await expect(
      knex('procedure_event').where(where).update({ actor: 'user:default/x' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('append-only'),
    });
    await dropGuards(knex);
    await knex('procedure_event')
      .where(where)
      .update({ actor: 'user:default/somebody-else' });
    expect(await verify()).toMatchObject({ ok: false, seq: 2 });
  });
});

async function dropGuards(knex: Knex): Promise<void> {
  if (knex.client.config.client === 'pg') {
    await knex.raw('DROP TRIGGER procedure_event_guard ON procedure_event');
  } else {
    await knex.raw('DROP TRIGGER procedure_event_guard_update');
  }
}
