import { TestDatabases } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  InputError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { ActionStep, RunView, SopSpec } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';

jest.setTimeout(60_000);

const step = (
  id: string,
  more: Partial<ActionStep> = {},
): SopSpec['steps'][number] => ({
  id,
  type: 'action',
  name: `Call ${id}`,
  action: `test:${id}`,
  ...more,
});

const twice = { limit: 2, backoff: 'PT0.05S' };
const entities = [
  procedure('steady', [step('steady')]),
  procedure('flaky', [step('flaky', { retry: twice })]),
  procedure('wrong', [step('wrong', { retry: twice })]),
  procedure('slow-read', [
    step('slow-read', { timeout: 'PT0.1S', retry: twice }),
  ]),
  procedure('slow-write', [
    step('slow-write', { timeout: 'PT0.1S', retry: twice }),
  ]),
  procedure('broken-write', [step('broken-write', { retry: twice })]),
  procedure('large', [step('large', { retry: twice })]),
  procedure('unknown', [step('unknown')]),
  procedure('elsewhere', [step('elsewhere', { action: 'gone:elsewhere' })]),
  procedure('check', [
    {
      id: 'check',
      type: 'check',
      name: 'Check',
      action: 'test:count',
      expect: 'output.n >= 3',
      message: 'Only ${{ output.n }}',
      retry: { limit: 3, backoff: 'PT0.05S' },
    },
  ]),
  procedure('wait', [
    { id: 'wait', type: 'wait', name: 'Wait', duration: 'PT1S' },
  ]),
];

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('the worker', () => {
  let harness: Harness;
  const calls: string[] = [];

  beforeAll(async () => {
    const actions = actionsRegistryServiceMock();
    const register = (
      name: string,
      attributes: { readOnly?: boolean; idempotent?: boolean },
      action: () => Promise<JsonObject>,
    ) =>
      actions.register({
        name,
        title: name,
        description: name,
        attributes,
        schema: {
          input: z => z.object({}).passthrough(),
          output: z => z.object({}).passthrough(),
        },
        action: async () => {
          calls.push(name);
          return { output: await action() };
        },
      });
    const times = (name: string) => calls.filter(one => one === name).length;
    const never = () => new Promise<JsonObject>(() => undefined);
    register('steady', {}, async () => ({ done: true }));
    register('flaky', { idempotent: true }, async () => {
      if (times('flaky') < 3) {
        throw new ServiceUnavailableError('Not now');
      }
      return {};
    });
    register('wrong', { idempotent: true }, async () => {
      throw await ResponseError.fromResponse(
        new Response(
          JSON.stringify({
            error: new InputError('x'),
            response: { statusCode: 400 },
          }),
          { status: 400, headers: { 'content-type': 'application/json' } },
        ),
      );
    });
    register('slow-read', { readOnly: true }, () =>
      times('slow-read') < 2 ? never() : Promise.resolve({}),
    );
    register('slow-write', {}, never);
    register('broken-write', {}, async () => {
      throw new TypeError('fetch failed');
    });
    register('large', { readOnly: true }, async () => ({
      text: 'x'.repeat(70_000),
    }));
    register('count', { readOnly: true }, async () => ({ n: times('count') }));
    harness = await startHarness({
      entities,
      knex: await databases.init('SQLITE_3'),
      actions,
    });
  });

  afterAll(() => harness.stop());

  async function run(sop: string): Promise<RunView> {
    const dev = harness.as('dev');
    const started = await dev.start(sop);
    expect(started.body.error).toBeUndefined();
    return dev.until(
      started.body.runId,
      view => view.status !== 'running' || view.steps[0].status === 'in-doubt',
    );
  }

  it.each<[string, string, string | undefined, string | undefined, number]>([
    ['steady', 'completed', undefined, undefined, 1],
    ['flaky', 'completed', undefined, undefined, 3],
    ['wrong', 'held', undefined, undefined, 1],
    ['slow-read', 'completed', undefined, undefined, 2],
    [
      'slow-write',
      'running',
      'OutcomeUnknownError',
      'did not answer within 0.1 s; whether it took effect is not known',
      1,
    ],
    [
      'broken-write',
      'running',
      'OutcomeUnknownError',
      'The connection to test:broken-write broke',
      1,
    ],
    ['large', 'held', 'OutputTooLargeError', 'a run keeps at most 65536', 1],
    [
      'unknown',
      'held',
      'ActionNotFoundError',
      'There is no action test:unknown; test offers test:broken-write,',
      0,
    ],
    [
      'elsewhere',
      'held',
      'ActionNotFoundError',
      'the plugin "gone" offers none here',
      0,
    ],
  ])('%s: %s', async (name, status, error, message, count) => {
    const view = await run(name);
    expect(view.status).toBe(status);
    const [only] = view.steps;
    expect(error ? only.error?.name : undefined).toBe(error);
    expect(only.error?.message ?? '').toContain(message ?? '');
    expect(calls.filter(one => one === name)).toHaveLength(count);
  });

  it('repeats a check until it holds', async () => {
    const view = await run('check');
    expect(view.status).toBe('completed');
    expect(view.steps[0].output).toEqual({ n: 3 });
    expect(view.timeline.map(entry => entry.detail)).toContain('Only 2');
  });

  it('ends a wait when its time has come, without being asked', async () => {
    const view = await run('wait');
    expect(view.status).toBe('completed');
    const [wait] = view.steps;
    const took =
      Date.parse(wait.endedAt ?? '') - Date.parse(wait.startedAt ?? '');
    expect(took).toBeGreaterThanOrEqual(1000);
    expect(took).toBeLessThan(2000);
  });

  it('asks a person what became of it, and calls again only on that word', async () => {
    const view = await run('broken-write');
    const before = calls.length;
    const lead = harness.as('lead');
    const tasks = await lead.tasks('groups');
    expect(tasks.find(one => one.runId === view.runId)).toMatchObject({
      asked: 'Did “Call broken-write” take effect?',
      status: 'in-doubt',
      act: { allowed: true },
    });
    const refused = await harness.as('op').command(view.runId, {
      type: 'resolve-doubt',
      stepId: 'broken-write',
      taskVersion: view.steps[0].version,
      outcome: 'not-done',
      reason: 'I think so',
    });
    expect(refused.status).toBe(403);
    await lead.act(view.runId, 'broken-write', {
      type: 'resolve-doubt',
      outcome: 'not-done',
      reason: 'The log of the receiver is empty',
    });
    await lead.until(
      view.runId,
      one => one.steps[0].attempt === 2 && one.steps[0].status === 'in-doubt',
    );
    expect(calls.length).toBe(before + 1);
    const done = await lead.act(view.runId, 'broken-write', {
      type: 'resolve-doubt',
      outcome: 'done',
      reason: 'This time it is there',
    });
    expect(done.status).toBe('completed');
    expect(calls.length).toBe(before + 1);
  });

  it('takes no such word from a service', async () => {
    const view = await run('slow-write');
    const refused = await harness.asService().command(view.runId, {
      type: 'resolve-doubt',
      stepId: 'slow-write',
      taskVersion: view.steps[0].version,
      outcome: 'done',
      reason: 'I am sure',
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('Only people may');
  });
});
