import fc from 'fast-check';
import { chainEvents, ChainedEvent, ChainVerifier, verifyChain } from '..';
import {
  journal,
  journalAndIndex,
  otherHash,
  renumbered,
  RUNS,
} from '../__testUtils__/journals';

jest.setTimeout(RUNS * 100);

const options = { numRuns: RUNS };

const headOf = (events: ChainedEvent[]) => ({
  seq: events.length,
  hash: events[events.length - 1].hash,
});

const without = (events: ChainedEvent[], index: number) => [
  ...events.slice(0, index),
  ...events.slice(index + 1),
];

const withAt = (events: ChainedEvent[], index: number, event: ChainedEvent) => [
  ...events.slice(0, index),
  event,
  ...events.slice(index),
];

const swapped = (events: ChainedEvent[], a: number, b: number) => {
  const list = [...events];
  [list[a], list[b]] = [list[b], list[a]];
  return list;
};

const changed = (events: ChainedEvent[], index: number, change: object) =>
  events.map((event, i) => (i === index ? { ...event, ...change } : event));

/** Two different indexes of the same journal, the lower first. */
const journalAndPair = journalAndIndex(2, 1).chain(
  ({ genesis, events, index }) =>
    fc.record({
      genesis: fc.constant(genesis),
      events: fc.constant(events),
      low: fc.constant(index),
      high: fc.integer({ min: index + 1, max: events.length - 1 }),
    }),
);

describe('clean journals', () => {
  it('never raise an alarm, whatever the size of batches', () => {
    fc.assert(
      fc.property(journal(0), fc.integer({ min: 1, max: 9 }), (input, size) => {
        const { genesis, events } = input;
        const verifier = ChainVerifier.create({ genesis });
        for (let i = 0; i < events.length; i += size) {
          expect(verifier.add(events.slice(i, i + size))).toBe(true);
        }
        const result = verifier.finish();
        expect(result).toMatchObject({ ok: true, events: events.length });
        expect(verifyChain({ genesis, events })).toEqual(result);
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('stay sound on their way through JSON and for every earlier head', () => {
    fc.assert(
      fc.property(journalAndIndex(1), ({ genesis, events, index }) => {
        const { seq, hash } = events[index];
        expect(
          verifyChain({
            genesis,
            events: JSON.parse(JSON.stringify(events)),
            head: { seq, hash },
          }),
        ).toMatchObject({ ok: true });
      }),
      options,
    );
  });

  it('stay sound when written in several batches', () => {
    fc.assert(
      fc.property(journalAndIndex(1), ({ genesis, events, index }) => {
        const start = events.slice(0, index);
        const rest = events
          .slice(index)
          .map(({ prevHash, hash, ...event }) => event);
        expect([
          ...start,
          ...chainEvents(start[index - 1]?.hash ?? genesis, rest),
        ]).toEqual(events);
      }),
      options,
    );
  });
});

describe('tampering is found at the right event', () => {
  const edits: Record<string, (event: ChainedEvent) => object> = {
    type: event => ({ type: `${event.type}x` }),
    at: event => ({
      at: new Date(Date.parse(event.at) + 1).toISOString(),
    }),
    'at, backdated by a day': event => ({
      at: new Date(Date.parse(event.at) - 86_400_000).toISOString(),
    }),
    actor: event => ({ actor: `${event.actor ?? ''}x` }),
    'data, a value added': event => ({ data: { ...event.data, 'x y z': 1 } }),
    'data, replaced': event => ({ data: { was: event.data } }),
    'seq, raised': event => ({ seq: event.seq + 7 }),
    'seq, lowered': event => ({ seq: event.seq - 1 }),
    prevHash: event => ({ prevHash: otherHash(event.prevHash) }),
    hash: event => ({ hash: otherHash(event.hash) }),
  };
  it.each(Object.keys(edits))('edit of %s', field => {
    fc.assert(
      fc.property(journalAndIndex(1), ({ genesis, events, index }) => {
        expect(
          verifyChain({
            genesis,
            events: changed(events, index, edits[field](events[index])),
          }),
        ).toMatchObject({ ok: false, seq: index + 1, reason: 'edited' });
      }),
      options,
    );
  });

  it('actor removed', () => {
    fc.assert(
      fc.property(journalAndIndex(1), ({ genesis, events, index }) => {
        const { actor, ...anonymous } = events[index];
        fc.pre(actor !== undefined);
        const list = [...events];
        list[index] = anonymous;
        expect(verifyChain({ genesis, events: list })).toMatchObject({
          seq: index + 1,
          reason: 'edited',
        });
      }),
      options,
    );
  });

  it('data of two events swapped', () => {
    fc.assert(
      fc.property(journalAndPair, ({ genesis, events, low, high }) => {
        const [a, b] = [events[low].data, events[high].data];
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(
          verifyChain({
            genesis,
            events: changed(changed(events, low, { data: b }), high, {
              data: a,
            }),
          }),
        ).toMatchObject({ seq: low + 1, reason: 'edited' });
      }),
      options,
    );
  });

  it('delete in the middle', () => {
    fc.assert(
      fc.property(journalAndIndex(2, 1), ({ genesis, events, index }) => {
        const rest = without(events, index);
        expect(verifyChain({ genesis, events: rest })).toMatchObject({
          seq: index + 1,
          reason: 'missing',
        });
        expect(
          verifyChain({ genesis, events: renumbered(rest) }),
        ).toMatchObject({ seq: index + 1, reason: 'renumbered' });
      }),
      options,
    );
  });

  it('truncated tail', () => {
    fc.assert(
      fc.property(journalAndIndex(1), ({ genesis, events, index }) => {
        expect(
          verifyChain({
            genesis,
            events: events.slice(0, index),
            head: headOf(events),
          }),
        ).toMatchObject({ seq: index + 1, reason: 'truncated' });
      }),
      options,
    );
  });

  it('reorder', () => {
    fc.assert(
      fc.property(journalAndPair, ({ genesis, events, low, high }) => {
        const list = swapped(events, low, high);
        expect(verifyChain({ genesis, events: list })).toMatchObject({
          seq: low + 1,
          reason: 'reordered',
        });
        expect(
          verifyChain({ genesis, events: renumbered(list) }),
        ).toMatchObject({ seq: low + 1, reason: 'renumbered' });
      }),
      options,
    );
  });

  it('insert of a copy anywhere', () => {
    fc.assert(
      fc.property(
        journalAndIndex(1),
        fc.nat(),
        ({ genesis, events, index }, anywhere) => {
          const place = anywhere % (events.length + 1);
          const result = verifyChain({
            genesis,
            events: withAt(events, place, events[index]),
          });
          expect(result).toMatchObject(
            index <= place
              ? { seq: index + 1, reason: 'inserted' }
              : { seq: place + 1, reason: 'reordered' },
          );
        },
      ),
      options,
    );
  });

  it('insert of a forged event', () => {
    fc.assert(
      fc.property(journalAndIndex(1), ({ genesis, events, index }) => {
        const content = { ...events[index], type: `${events[index].type}x` };
        const [sound] = chainEvents(content.prevHash, [content]);
        for (const forged of [content, sound]) {
          expect(
            verifyChain({ genesis, events: withAt(events, index, forged) }),
          ).toMatchObject({ seq: index + 1, reason: 'inserted' });
        }
        // Hashed correctly it is sound in itself: the one after it is not.
        expect(
          verifyChain({
            genesis,
            events: renumbered(withAt(events, index, sound)),
          }),
        ).toMatchObject({ seq: index + 2, reason: 'renumbered' });
      }),
      options,
    );
  });

  it('rewrite with recomputed hashes', () => {
    fc.assert(
      fc.property(journalAndIndex(2, 1), ({ genesis, events, index }) => {
        const list = changed(events, index, { type: `${events[index].type}x` });
        const anew = chainEvents(genesis, list);
        expect(
          verifyChain({
            genesis,
            events: changed(events, index, anew[index]),
          }),
        ).toMatchObject({ seq: index + 2, reason: 'broken-link' });
        expect(
          verifyChain({ genesis, events: anew, head: headOf(events) }),
        ).toMatchObject({ seq: events.length, reason: 'head-mismatch' });
      }),
      options,
    );
  });

  it('another subject, the whole journal or one event of it', () => {
    fc.assert(
      fc.property(
        journalAndIndex(1),
        fc.uuid(),
        ({ genesis, events, index }, uuid) => {
          const foreign = otherHash(genesis);
          const other = chainEvents(foreign, [
            { ...events[0], type: uuid },
            ...events.slice(1),
          ]);
          expect(verifyChain({ genesis, events: other })).toMatchObject({
            seq: 1,
            reason: 'wrong-genesis',
          });
          expect(
            verifyChain({
              genesis,
              events: changed(events, index, other[index]),
            }),
          ).toMatchObject({
            seq: index + 1,
            reason: index === 0 ? 'wrong-genesis' : 'broken-link',
          });
        },
      ),
      options,
    );
  });
});
