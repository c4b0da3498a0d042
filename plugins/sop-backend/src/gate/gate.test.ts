import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceMock,
  MockActionsRegistry,
} from '@backstage/backend-test-utils/alpha';
import {
  GateContribution,
  GateContributor,
  gateExtensionPoint,
} from '@handrail/plugin-sop-node';
import { Harness, startHarness } from '../__testUtils__/harness';

jest.setTimeout(60_000);

const NOT_ALLOWED = 403;

const blocking = (sentence: string, until?: string): GateContribution => ({
  code: 'test',
  sentence,
  blocking: true,
  ...(until ? { until } : {}),
});

function contributor(
  source: string,
  evaluate: GateContributor['evaluate'],
): GateContributor {
  return { source, evaluate };
}

function moduleOf(...contributors: GateContributor[]) {
  return createBackendModule({
    pluginId: 'sop',
    moduleId: 'gate-test',
    register(env) {
      env.registerInit({
        deps: { gate: gateExtensionPoint },
        async init({ gate }) {
          contributors.forEach(one => gate.addContributor(one));
        },
      });
    },
  });
}

describe('the change gate', () => {
  let harness: Harness | undefined;
  let actions: MockActionsRegistry;

  async function start(...contributors: GateContributor[]) {
    actions = actionsRegistryServiceMock();
    harness = await startHarness({
      entities: [],
      actions,
      features: [moduleOf(...contributors)],
    });
    return harness;
  }

  const ask = (one: Harness, entityRef = 'component:default/checkout') =>
    one.as('dev').get(`/gate?entityRef=${encodeURIComponent(entityRef)}`);

  afterEach(async () => {
    await harness?.stop();
    harness = undefined;
  });

  it('is open when nobody has anything against it', async () => {
    const response = await ask(await start());
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      entityRef: 'component:default/checkout',
      allowed: true,
      sentence: 'Checkout may be changed now.',
      reasons: [],
    });
    expect(Number.isNaN(Date.parse(response.body.at))).toBe(false);
  });

  it('stays open for what is only worth knowing', async () => {
    const one = contributor('Error budgets', async () => [
      { code: 'budget', sentence: '12 % are left.', blocking: false },
    ]);
    const { body } = await ask(await start(one));
    expect(body.allowed).toBe(true);
    expect(body.reasons).toEqual([
      {
        source: 'Error budgets',
        code: 'budget',
        sentence: '12 % are left.',
        blocking: false,
      },
    ]);
  });

  it('is closed by any reason, and gives all of them', async () => {
    const asked: string[] = [];
    const { body } = await ask(
      await start(
        contributor('Error budgets', async ({ entityRef }) => {
          asked.push(entityRef);
          return [
            { code: 'info', sentence: 'Worth knowing.', blocking: false },
            blocking('The budget is spent.', '2026-12-01T00:00:00Z'),
          ];
        }),
        contributor('Incidents', async () => [blocking('INC-1 is open.')]),
      ),
      'Component:Default/Checkout',
    );
    expect(asked).toEqual(['component:default/checkout']);
    expect(body.allowed).toBe(false);
    expect(body.sentence).toBe(
      'Checkout must not be changed now. INC-1 is open. The budget is spent.',
    );
    expect(
      body.reasons.map((reason: { source: string }) => reason.source),
    ).toEqual(['Incidents', 'Error budgets', 'Error budgets']);
  });

  it('stays closed when somebody cannot be asked', async () => {
    const { body } = await ask(
      await start(
        contributor('Incidents', async () => {
          throw new Error('down');
        }),
      ),
    );
    expect(body).toMatchObject({
      allowed: false,
      reasons: [{ source: 'Incidents', code: 'unknown', blocking: true }],
    });
    expect(body.sentence).toContain('Incidents could not be asked');
    expect(body.sentence).not.toContain('down');
  });

  it('refuses what is no entity, or none the caller can see', async () => {
    const one = await start();
    const bad = await ask(one, 'checkout');
    expect(bad.status).toBe(400);
    expect(bad.body.error.message).toContain('entityRef is "checkout"');
    const gone = await ask(one, 'component:default/gone');
    expect(gone.status).toBe(404);
    expect((await one.as('dev').get('/gate')).status).toBe(400);
  });

  it('needs its permission, and records refusals too', async () => {
    const one = await start();
    one.denied.add('sop.gate.read');
    expect((await ask(one)).status).toBe(NOT_ALLOWED);
    one.denied.clear();
    await ask(one);
    expect(
      one.audits
        .filter(({ event }) => event.eventId === 'gate')
        .map(({ outcome }) => outcome),
    ).toEqual(['NotAllowedError', 'success']);
  });

  it('answers steps through its action', async () => {
    await start(
      contributor('Incidents', async () => [blocking('INC-1 is open.')]),
    );
    const { output } = await actions.invoke({
      id: 'test:gate',
      input: { entityRef: 'component:default/checkout' },
    });
    expect(output).toMatchObject({
      allowed: false,
      sentence: 'Checkout must not be changed now. INC-1 is open.',
    });
  });

  it('has each source once', async () => {
    const one = contributor('Incidents', async () => []);
    await expect(start(one, one)).rejects.toThrow(/sources must be unique/);
  });
});
