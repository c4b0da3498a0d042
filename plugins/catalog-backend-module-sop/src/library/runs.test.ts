import { SopSpec } from '@handrail/plugin-sop-common';
import { JSONSchema7 } from 'json-schema';
import { allSteps, LIBRARY } from './__testUtils__/library';
import { combine, play, PLANS, SIDE_PATHS } from './__testUtils__/plans';
import { Plan, Played, Player } from './__testUtils__/Player';

/** What no measurement may answer. */
const BAD = {
  status: 503,
  allowed: false,
  sentence: 'The gate is closed.',
  value: 1e9,
  connectionsUsedPercent: 80.1,
  cacheHitPercent: 94.9,
  longestQuerySeconds: 301,
  metadata: { name: 'another' },
  state: 'Done',
  category: 'done',
};

/** Each input and each piece of evidence that offers a choice, the other way. */
function otherChoices(spec: SopSpec): Plan[] {
  const inputs = Object.entries(spec.inputs?.properties ?? {}).flatMap(
    ([name, property]) => {
      const { enum: values, type } = property as JSONSchema7;
      const options = type === 'boolean' ? [true, false] : values ?? [];
      return options.map(value => ({ inputs: { [name]: value as string } }));
    },
  );
  const evidence = allSteps(spec.steps).flatMap(step =>
    (step.type === 'manual' ? step.evidence ?? [] : []).flatMap(field => {
      const options =
        field.kind === 'boolean' && !field.mustBeTrue
          ? [true, false]
          : field.options ?? [];
      return options.map(value => ({
        evidence: { [step.id]: { [field.id]: value } },
      }));
    }),
  );
  return [...inputs, ...evidence];
}

/** A choice may contradict other evidence, and is refused then. */
function playUnlessRefused(
  name: string,
  spec: SopSpec,
  plan: Plan,
): Played | undefined {
  try {
    return new Player(spec, plan).play(name);
  } catch (error) {
    if ((error as Error).name === 'InputError') {
      return undefined;
    }
    throw error;
  }
}

function unfinished({ state }: Played): string[] {
  return Object.values(state.steps)
    .filter(step => !['completed', 'skipped'].includes(step.status))
    .map(step => `${step.id}: ${step.status} ${step.error?.message ?? ''}`);
}

it.each(LIBRARY.map(one => [one.name, one] as const))(
  '%s ends on its main path and on each branch',
  (name, { spec }) => {
    const plan = PLANS[name] ?? {};
    const main = new Player(spec, plan).play(name);
    expect(unfinished(main)).toEqual([]);
    expect(main.state.status).toBe('completed');

    const done = new Set(main.completed);
    const others = [...otherChoices(spec), ...(SIDE_PATHS[name] ?? [])];
    for (const other of others) {
      playUnlessRefused(name, spec, combine(plan, other))?.completed.forEach(
        id => done.add(id),
      );
    }
    const ids = allSteps(spec.steps).map(step => step.id);
    expect(ids.filter(id => !done.has(id))).toEqual([]);
  },
);

const answers = LIBRARY.flatMap(({ name, spec }) =>
  allSteps(spec.steps).flatMap(step =>
    step.type === 'approval' || step.type === 'handoff'
      ? [{ name, spec, step }]
      : [],
  ),
);
type Answer = (typeof answers)[number];

const backFrom = ({ step }: Answer) =>
  step.type === 'approval' ? step.onReject : step.onReturn;

/** The first run in which the step is reached, with a no as its first answer. */
function sayNo({ name, spec, step }: Answer): Played {
  const says = step.type === 'approval' ? 'reject' : 'giveBack';
  for (const plan of [{}, ...(SIDE_PATHS[name] ?? []), ...otherChoices(spec)]) {
    const all = { ...combine(PLANS[name] ?? {}, plan), [says]: [step.id] };
    const played = playUnlessRefused(name, spec, all);
    if (played?.state.steps[step.id]) {
      return played;
    }
  }
  throw new Error(`No run reaches ${step.id}`);
}

const titled = (list: Answer[]) =>
  list.map(one => [`${one.name}: ${one.step.name}`, one] as const);

it.each(titled(answers.filter(one => backFrom(one))))(
  'a no goes back to earlier work, and the run ends: %s',
  (_, answer) => {
    const { state, events } = sayNo(answer);
    expect(events.map(event => event.type)).toContain('step.reset');
    expect(state.status).toBe('completed');
  },
);

it.each(titled(answers.filter(one => !backFrom(one))))(
  'a no stops the run: %s',
  (_, answer) => {
    const { state } = sayNo(answer);
    expect(state.steps[answer.step.id].status).toBe('failed');
    expect(['held', 'failed', 'compensated']).toContain(state.status);
  },
);

const timed = LIBRARY.flatMap(({ name, spec }) =>
  allSteps(spec.steps).flatMap(step =>
    'deadline' in step && step.deadline
      ? [{ name, spec, step, deadline: step.deadline }]
      : [],
  ),
);
type Timed = (typeof timed)[number];

/** The first run that reaches the step, in which nobody does it in time. */
function beLate({ name, spec, step }: Timed): Played {
  for (const plan of [{}, ...(SIDE_PATHS[name] ?? []), ...otherChoices(spec)]) {
    const all = { ...combine(PLANS[name] ?? {}, plan), late: [step.id] };
    const played = playUnlessRefused(name, spec, all);
    if (played?.completed.has(step.id) || played?.state.status === 'held') {
      return played;
    }
  }
  throw new Error(`No run reaches ${step.id}`);
}

it('many steps have deadlines', () => {
  expect(timed.length).toBeGreaterThan(25);
});

it.each(timed.map(one => [`${one.name}: ${one.step.name}`, one] as const))(
  'nobody is in time, and the run still ends: %s',
  (_, late) => {
    const { state, events } = beLate(late);
    const { startWithin, completeWithin, escalations = [] } = late.deadline;
    const passed = events.flatMap(event =>
      event.type === 'deadline.passed' && event.data.stepId === late.step.id
        ? [[event.data.deadline, event.at === event.data.dueAt]]
        : [],
    );
    expect(passed).toEqual([
      ...(startWithin ? [['start', true]] : []),
      ...(completeWithin ? [['complete', true]] : []),
    ]);
    const told = events.flatMap(event =>
      event.type === 'task.escalated' && event.data.stepId === late.step.id
        ? [event.data.to]
        : [],
    );
    expect(told).toEqual(escalations.map(({ to }) => [to].flat()));
    expect(told.length).toBeGreaterThan(0);
    expect(state.status).toBe(
      late.deadline.onTimeout === 'fail' ? 'held' : 'completed',
    );
  },
);

it('reminds every 30 minutes of an update while an incident lasts', () => {
  const { events } = play('incident-response', { late: ['communicate'] });
  const reminded = events.flatMap(event =>
    event.type === 'task.reminded' ? [event.data] : [],
  );
  expect(reminded).toMatchObject([{ stepId: 'respond', branch: 0, count: 1 }]);
});

const guards = LIBRARY.flatMap(({ name, spec }) =>
  allSteps(spec.steps).flatMap(step =>
    step.type === 'wait' && step.guard
      ? [[name, step.id, spec, step.guard] as const]
      : [],
  ),
);

it.each(guards)('%s: the guard of %s lets go as soon as it is bad', (...of) => {
  const [name, id, spec, guard] = of;
  const plan = PLANS[name] ?? {};
  const good = new Player(spec, plan).play(name);
  const measured = ({ events }: Played) =>
    events.filter(
      event => event.type === 'guard.measured' && event.data.stepId === id,
    ).length;
  expect(measured(good)).toBeGreaterThan(20);

  const bad = new Player(spec, combine(plan, { outputs: { [id]: BAD } })).play(
    name,
  );
  expect(measured(bad)).toBe(1);
  expect(bad.state.status).toBe('held');
  expect(bad.state.steps[id]).toMatchObject({
    status: 'failed',
    error: { name: 'GuardFailed', message: expect.stringMatching(/\w{3}/) },
  });
  expect(guard.every).toMatch(/^PT1[MH]$/);
});

const checks = LIBRARY.flatMap(({ name, spec }) =>
  allSteps(spec.steps).flatMap(step =>
    step.type === 'check' ? [[name, step.id, spec] as const] : [],
  ),
);

it.each(checks)('%s: a bad measurement at %s', (name, id, spec) => {
  const plan = [{}, ...(SIDE_PATHS[name] ?? [])]
    .map(side => combine(PLANS[name] ?? {}, side))
    .find(one => new Player(spec, one).play(name).completed.has(id))!;
  const bad = combine(plan, { outputs: { [id]: BAD } });
  const { state } = new Player(spec, bad).play(name);
  expect(state.status).toBe('held');
  expect(state.steps[id]).toMatchObject({
    status: 'failed',
    error: { name: 'CheckFailed', message: expect.stringMatching(/\w{3}/) },
  });
});
