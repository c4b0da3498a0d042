import { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import { chainEvents, ChainedEvent, genesisHash, JournalEvent } from '..';

/** Runs per property: some hundreds, twenty times as many in the slow tier. */
export const RUNS = process.env.HANDRAIL_FULL ? 4000 : 200;

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });

/** Objects of any JSON, over the whole of Unicode. */
export const jsonObject: fc.Arbitrary<JsonObject> = fc
  .dictionary(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }),
    { maxKeys: 4, noNullPrototype: true },
  )
  // As a stored value comes back: JSON has one zero.
  .map(value => JSON.parse(JSON.stringify(value)));

const instant = fc
  .date({
    min: new Date('2000-01-01T00:00:00.000Z'),
    max: new Date('2099-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map(date => date.toISOString());

const name = text.filter(value => !value.includes('\u0000'));

const unnumbered = fc.record(
  { type: name, at: instant, actor: name, data: jsonObject },
  { requiredKeys: ['type', 'at', 'data'] },
);

/** Events numbered from 1. */
export const events = (minLength: number): fc.Arbitrary<JournalEvent[]> =>
  fc
    .array(unnumbered, { minLength, maxLength: minLength + 8 })
    .map(list => list.map((event, index) => ({ seq: index + 1, ...event })));

export interface TestJournal {
  genesis: string;
  events: ChainedEvent[];
}

/** Sound journals with at least so many events. */
export const journal = (minLength: number): fc.Arbitrary<TestJournal> =>
  fc.record({ runId: fc.uuid(), list: events(minLength) }).map(input => {
    const genesis = genesisHash({ runId: input.runId });
    return { genesis, events: chainEvents(genesis, input.list) };
  });

/** A sound journal with an index below its length. */
export const journalAndIndex = (minLength: number, fromEnd: number = 0) =>
  journal(minLength).chain(({ genesis, events: list }) =>
    fc.record({
      genesis: fc.constant(genesis),
      events: fc.constant(list),
      index: fc.nat({ max: list.length - 1 - fromEnd }),
    }),
  );

/** A journal of plain events `test.1`, `test.2`, … for examples. */
export function exampleJournal(
  length: number,
  subject: JsonObject = { runId: 'run-1' },
): TestJournal {
  const genesis = genesisHash(subject);
  const list = Array.from({ length }, (_, i) => ({
    seq: i + 1,
    type: `test.${i + 1}`,
    at: new Date(Date.UTC(2026, 2, 1, 9, 30) + i).toISOString(),
    ...(i % 2 === 0 ? { actor: 'user:default/ana.duarte' } : {}),
    data: { step: i + 1, note: 'Zürich 🚀' },
  }));
  return { genesis, events: chainEvents(genesis, list) };
}

export const otherHash = (hash: string) =>
  (hash[0] === '0' ? '1' : '0') + hash.slice(1);

/** Gives events the numbers of their places, leaving their hashes alone. */
export const renumbered = (list: ChainedEvent[]): ChainedEvent[] =>
  list.map((event, index) => ({ ...event, seq: index + 1 }));
