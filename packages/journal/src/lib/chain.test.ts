import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import {
  canonicalJson,
  chainEvents,
  genesisHash,
  hashEvent,
  JournalEvent,
  sha256Hex,
  toRow,
} from '..';
import { events, RUNS } from '../__testUtils__/journals';

jest.setTimeout(RUNS * 100);

// Computed with another program over the bytes the README describes. A change
// here makes every journal written before unverifiable.
const GENESIS =
  '5b7ee9bebbb64273c401950349276f8a9681e4f4f61a93c2cd3da654f33840f9';
const FIRST =
  '9fbb95f4afd9b6e14cc92c760f1442c05b4b2061aa26b33bfb83f68961df0352';
const SECOND =
  '40fa55b9951f1897f7884413854114a45024b57eeb216d8fe89c4ea491f53385';

const first: JournalEvent = {
  seq: 1,
  type: 'run.started',
  at: '2026-03-01T09:30:00.000Z',
  actor: 'user:default/ana.duarte',
  data: { ä: ['x', null, 1e30, true], a: 1 },
};
const second: JournalEvent = {
  seq: 2,
  type: 'run.completed',
  at: '2026-03-01T09:30:00.001Z',
  data: {},
};

describe('the format', () => {
  it('is fixed', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(genesisHash({ runId: 'run-1', engineVersion: 1 })).toBe(GENESIS);
    expect(hashEvent(GENESIS, first)).toBe(FIRST);
    expect(hashEvent(FIRST, second)).toBe(SECOND);
  });

  it('is tag, previous hash and canonical JSON of the whole event', () => {
    fc.assert(
      fc.property(events(1), ([event]) => {
        expect(hashEvent(GENESIS, event)).toBe(
          sha256Hex(
            `handrail.dev/journal/v1/event\n${GENESIS}\n${canonicalJson(
              event,
            )}`,
          ),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('takes an actor that is undefined for an absent one', () => {
    expect(hashEvent(FIRST, { ...second, actor: undefined })).toBe(SECOND);
  });
});

describe('chainEvents', () => {
  it('ties each event to the one before it', () => {
    const chained = chainEvents(GENESIS, [first, second]);
    expect(chained).toEqual([
      { ...first, prevHash: GENESIS, hash: FIRST },
      { ...second, prevHash: FIRST, hash: SECOND },
    ]);
    expect(chainEvents(FIRST, [second])).toEqual([chained[1]]);
    expect(chainEvents(GENESIS, [])).toEqual([]);
  });

  it('has the hashed bytes stored, even if data changes in between', () => {
    const data = { b: 1, a: 2 };
    const [chained] = chainEvents(GENESIS, [{ ...first, data }]);
    data.b = 3;
    expect(toRow(chained).data).toBe('{"a":2,"b":1}');
    expect(() => {
      chained.type = 'other';
    }).toThrow(TypeError);
  });

  it.each([
    ['a gap', [first, { ...second, seq: 3 }], 'seq is 3 after 1; allowed is 2'],
    ['a repeat', [first, first], 'seq is 1 after 1; allowed is 2'],
    ['number 0', [{ ...first, seq: 0 }], 'seq is 0; allowed are whole numbers'],
    ['a fraction', [{ ...first, seq: 1.5 }], 'seq is 1.5; allowed'],
    ['no type', [{ ...first, type: '' }], 'event 1: type is ""; allowed'],
    [
      'an unknown field',
      [Object.assign({ by: 'x' }, first)],
      'event 1: by is not a field of events; allowed are seq',
    ],
    ['NUL', [{ ...first, type: 'a\u0000' }], 'event 1: type is "a\\u0000"'],
    ['an empty actor', [{ ...first, actor: '' }], 'event 1: actor is ""'],
    [
      'no milliseconds',
      [{ ...first, at: '2026-03-01T09:30:00Z' }],
      'event 1: at is "2026-03-01T09:30:00Z"; allowed is an instant in UTC',
    ],
    [
      'bad data',
      [{ ...first, data: { a: { b: NaN } } }],
      'event 1: data.a.b is NaN; allowed',
    ],
    [
      'an array as data',
      [{ ...first, data: [1] }],
      'event 1: data is an array; allowed is a JSON object',
    ],
  ])('refuses %s', (_, list, message) => {
    const chain = () => chainEvents<JournalEvent<object>>(GENESIS, list);
    expect(chain).toThrow(InputError);
    expect(chain).toThrow(message);
  });

  it.each(['', 'abc', GENESIS.toUpperCase()])(
    'refuses the previous hash %j',
    prevHash => {
      expect(() => chainEvents(prevHash, [first])).toThrow(InputError);
      expect(() => hashEvent(prevHash, first)).toThrow(
        /^prevHash is .*allowed is a SHA-256 hash of 64 lower-case hex digits$/,
      );
    },
  );
});
