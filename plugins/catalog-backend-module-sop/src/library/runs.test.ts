import { SopSpec } from '@handrail/plugin-sop-common';
import { JSONSchema7 } from 'json-schema';
import { allSteps, LIBRARY } from './__testUtils__/library';
import { combine, PLANS, SIDE_PATHS } from './__testUtils__/plans';
import { Plan, Played, Player } from './__testUtils__/Player';

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
      let played: Played | undefined;
      try {
        played = new Player(spec, combine(plan, other)).play(name);
      } catch (error) {
        // A choice may contradict other evidence, and is refused then.
        expect((error as Error).name).toBe('InputError');
      }
      played?.completed.forEach(id => done.add(id));
    }
    const ids = allSteps(spec.steps).map(step => step.id);
    expect(ids.filter(id => !done.has(id))).toEqual([]);
  },
);

const answers = LIBRARY.flatMap(({ name, spec }) =>
  allSteps(spec.steps).flatMap(step =>
    step.type === 'approval' || step.type === 'handoff'
      ? [[name, step.id, step, spec] as const]
      : [],
  ),
);

it.each(answers)('%s: a no at %s', (name, id, step, spec) => {
  const goesBack =
    step.type === 'approval'
      ? step.onReject?.returnTo
      : step.type === 'handoff' && step.onReturn?.returnTo;
  const plans = [{}, ...(SIDE_PATHS[name] ?? []), ...otherChoices(spec)];
  const says = step.type === 'approval' ? 'reject' : 'giveBack';
  for (const plan of plans) {
    const played = new Player(spec, {
      ...combine(PLANS[name] ?? {}, plan),
      [says]: [id],
    }).play(name);
    const { state, events } = played;
    if (!state.steps[id]) {
      continue;
    }
    if (goesBack) {
      expect(events.map(event => event.type)).toContain('step.reset');
      expect(state.status).toBe('completed');
    } else {
      expect(state.steps[id].status).toBe('failed');
      expect(['held', 'failed', 'compensated']).toContain(state.status);
    }
    return;
  }
  throw new Error('No run reached the step');
});

const checks = LIBRARY.flatMap(({ name, spec }) =>
  allSteps(spec.steps).flatMap(step =>
    step.type === 'check' ? [[name, step.id, spec] as const] : [],
  ),
);

it.each(checks)('%s: a bad measurement at %s', (name, id, spec) => {
  const plan = combine(PLANS[name] ?? {}, {});
  const bad = {
    status: 503,
    allowed: false,
    sentence: 'The gate is closed.',
    value: 1e9,
    connectionsUsedPercent: 80.1,
    cacheHitPercent: 94.9,
    longestQuerySeconds: 301,
    metadata: { name: 'another' },
  };
  const { state } = new Player(spec, {
    ...plan,
    outputs: { ...plan.outputs, [id]: bad },
  }).play(name);
  expect(state.status).toBe('held');
  expect(state.steps[id]).toMatchObject({
    status: 'failed',
    error: { name: 'CheckFailed', message: expect.stringMatching(/\w{3}/) },
  });
});
