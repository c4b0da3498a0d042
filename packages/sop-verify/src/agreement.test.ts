import {
  engineVerdict,
  Random,
  randomPlay,
  randomPolicies,
  randomSpec,
} from '@handrail/plugin-sop-common/testUtils';
import fc from 'fast-check';
import { Event, Policy, Procedure, replayRun, Violation } from '.';
import { mutate } from './__testUtils__/mutations';

const RUNS = process.env.HANDRAIL_FULL ? 100_000 : 200;

jest.setTimeout(process.env.HANDRAIL_FULL ? 7_200_000 : 300_000);

function verdict(
  spec: Procedure,
  events: Event[],
  policies: Policy[],
): Violation | undefined {
  try {
    const known = new Map(policies.map(policy => [policy.hash, policy]));
    replayRun(spec, 'hash', events, known);
    return undefined;
  } catch (error) {
    if (error instanceof Violation) {
      return error;
    }
    throw error;
  }
}

/** As journals come back from a store. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** What must come about in some run, or the rules were not put to the test. */
const TYPES = [
  'step.blocked',
  'step.unblocked',
  'lock.acquired',
  'glass.broken',
  'event.received',
  'step.in-doubt',
  'doubt.resolved',
  'deadline.passed',
  'task.escalated',
  'task.reminded',
  'guard.measured',
  'check.outdated',
  'approval.deferred',
];
const RULES = ['order', 'role', 'four-eyes', 'quorum', 'evidence', 'time'];
/** Some of it is rare: so often it is tried again. */
const ROUNDS = 10;

it('agrees with the engine on every journal, legal or not', () => {
  let runs = 0;
  let illegal = 0;
  const seen = new Set<string>();
  const missing = () => [...TYPES, ...RULES].filter(one => !seen.has(one));
  const property = fc.property(fc.integer({ min: 0, max: 2 ** 31 }), seed => {
    const random = new Random(seed);
    const spec = stored(randomSpec(random));
    const policies = random.chance(0.4) ? randomPolicies(random) : [];
    const play = randomPlay(random, spec, policies);
    const procedure = spec as unknown as Procedure;
    const journal = stored(play.events) as unknown as Event[];

    expect(engineVerdict(spec, journal, policies)).toBeUndefined();
    expect(verdict(procedure, journal, policies)).toBeUndefined();

    const { name, events } = mutate(random, journal);
    const expected = engineVerdict(spec, events, policies);
    const found = verdict(procedure, events, policies);
    if ((expected === undefined) !== (found === undefined)) {
      throw new Error(
        `After "${name}" the engine says ${
          expected ? `event ${expected} is wrong` : 'all is well'
        }, the verifier ${
          found ? `${found.rule}: ${found.message}` : 'all is well'
        }\n${JSON.stringify({ ...spec, policies })}\n${events
          .map(event => JSON.stringify(event))
          .join('\n')}`,
      );
    }
    runs += 1;
    journal.forEach(({ type }) => seen.add(type));
    if (found) {
      illegal += 1;
      seen.add(found.rule);
    }
  });
  for (let round = 0; round < ROUNDS && missing().length > 0; round++) {
    fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  }
  expect(missing()).toEqual([]);
  // Not every change makes a journal illegal, and not every one leaves it legal.
  expect(illegal).toBeGreaterThan(runs / 3);
  expect(illegal).toBeLessThan(runs);
});
