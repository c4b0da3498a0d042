import {
  engineVerdict,
  Random,
  randomPlay,
  randomSpec,
} from '@handrail/plugin-sop-common/testUtils';
import fc from 'fast-check';
import { Event, Procedure, replayRun, Violation } from '.';
import { mutate } from './__testUtils__/mutations';

const RUNS = process.env.HANDRAIL_FULL ? 100_000 : 1_500;

jest.setTimeout(process.env.HANDRAIL_FULL ? 3_600_000 : 120_000);

function verdict(spec: Procedure, events: Event[]): Violation | undefined {
  try {
    replayRun(spec, 'hash', events);
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

it('agrees with the engine on every journal, legal or not', () => {
  let legal = 0;
  let illegal = 0;
  const rules = new Map<string, number>();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), seed => {
      const random = new Random(seed);
      const spec = stored(randomSpec(random));
      const play = randomPlay(random, spec);
      const procedure = spec as unknown as Procedure;
      const journal = stored(play.events) as unknown as Event[];

      expect(engineVerdict(spec, journal)).toBeUndefined();
      expect(verdict(procedure, journal)).toBeUndefined();

      const { name, events } = mutate(random, journal);
      const expected = engineVerdict(spec, events);
      const found = verdict(procedure, events);
      if ((expected === undefined) !== (found === undefined)) {
        throw new Error(
          `After "${name}" the engine says ${
            expected ? `event ${expected} is wrong` : 'all is well'
          }, the verifier ${
            found ? `${found.rule}: ${found.message}` : 'all is well'
          }\n${JSON.stringify(spec.steps)}\n${events
            .map(event => JSON.stringify(event))
            .join('\n')}`,
        );
      }
      legal += found ? 1 : 2;
      illegal += found ? 1 : 0;
      if (found) {
        rules.set(found.rule, (rules.get(found.rule) ?? 0) + 1);
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(legal).toBeGreaterThan(RUNS);
  expect(illegal).toBeGreaterThan(RUNS / 2);
  for (const rule of [
    'order',
    'role',
    'four-eyes',
    'quorum',
    'evidence',
    'time',
  ]) {
    expect([...rules.keys()]).toContain(rule);
  }
});
