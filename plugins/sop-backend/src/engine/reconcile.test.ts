import { JsonObject } from '@backstage/types';
import { reconcile, withIdempotencyKey } from './reconcile';

const call = {
  action: 'scaffolder:execute-template',
  input: { templateRef: 'template:default/deploy', values: { env: 'prod' } },
  idempotencyKey: 'run-1/deploy/1',
};

/** A scaffolder with tasks, newest first. */
function scaffolder(tasks: Array<{ id: string; parameters: JsonObject }>) {
  const asked: JsonObject[] = [];
  return {
    asked,
    async call(_id: string, input: JsonObject) {
      asked.push(input);
      const offset = Number(input.offset);
      return {
        tasks: tasks
          .slice(offset, offset + Number(input.limit))
          .map(({ id, parameters }) => ({ id, spec: { parameters } })),
        totalTasks: tasks.length,
      };
    },
  };
}

it('sends the key along, where it is kept, and changes nothing else', () => {
  expect(withIdempotencyKey(call)).toEqual({
    templateRef: 'template:default/deploy',
    values: { env: 'prod', sopIdempotencyKey: 'run-1/deploy/1' },
  });
  const other = { ...call, action: 'x:y' };
  expect(withIdempotencyKey(other)).toBe(other.input);
});

it('finds the task that the call made, however many are newer', async () => {
  const tasks = Array.from({ length: 450 }, (_, n) => ({
    id: `task-${n}`,
    parameters: { sopIdempotencyKey: n === 444 ? call.idempotencyKey : n },
  }));
  const actions = scaffolder(tasks);
  expect(await reconcile(call, actions)).toEqual({
    output: { taskId: 'task-444' },
  });
  expect(actions.asked.map(one => one.offset)).toEqual([0, 200, 400]);
});

it('tells nothing when no task has the key, and of other actions', async () => {
  const actions = scaffolder([{ id: 'a', parameters: {} }]);
  expect(await reconcile(call, actions)).toBeUndefined();
  expect(await reconcile({ ...call, action: 'x:y' }, actions)).toBeUndefined();
  expect(actions.asked).toHaveLength(1);
});

describe('a ticket', () => {
  const create = {
    action: 'sop:create-ticket',
    input: { system: 'desk', project: 'SSIM', title: 'x' },
    idempotencyKey: 'run-1/create/1',
  };
  const found = { key: 'SSIM-1', url: 'https://desk/SSIM-1', title: 'x' };

  it('carries the key of the step, or the one that the step gives', () => {
    expect(withIdempotencyKey(create)).toEqual({
      ...create.input,
      idempotencyKey: 'run-1/create/1',
    });
    const given = { ...create.input, idempotencyKey: 'mine' };
    expect(withIdempotencyKey({ ...create, input: given })).toEqual(given);
  });

  it('is found by the key', async () => {
    const asked: JsonObject[] = [];
    const actions = {
      async call(id: string, input: JsonObject) {
        asked.push({ id, ...input });
        return { found: true, ...found };
      },
    };
    expect(await reconcile(create, actions)).toEqual({
      output: { ...found, created: true },
    });
    expect(asked).toEqual([
      {
        id: 'sop:find-ticket',
        system: 'desk',
        project: 'SSIM',
        idempotencyKey: 'run-1/create/1',
      },
    ]);
  });

  it('may still be on its way when it is not found', async () => {
    const actions = { call: async () => ({ found: false }) };
    expect(await reconcile(create, actions)).toBeUndefined();
  });
});
