import { InputError } from '@backstage/errors';
import {
  chainEvents,
  ChainedEvent,
  ChainVerifier,
  hashEvent,
  verifyChain,
} from '..';
import {
  exampleJournal,
  otherHash,
  renumbered,
} from '../__testUtils__/journals';

const { genesis, events } = exampleJournal(6);
const head = { seq: 6, hash: events[5].hash };

const replaced = (seq: number, change: object): ChainedEvent[] =>
  events.map(event => (event.seq === seq ? { ...event, ...change } : event));

/** Replaces an event and recomputes its hash, as one who knows the format. */
const rehashed = (seq: number, change: object): ChainedEvent[] => {
  const [event] = chainEvents(events[seq - 1].prevHash, [
    { ...events[seq - 1], ...change },
  ]);
  return replaced(seq, event);
};

describe('verifyChain', () => {
  it('accepts a sound journal', () => {
    expect(verifyChain({ genesis, events })).toEqual({
      ok: true,
      events: 6,
      head,
    });
    expect(verifyChain({ genesis, events, head })).toMatchObject({ ok: true });
    expect(
      verifyChain({ genesis, events, head: { ...head, final: true } }),
    ).toMatchObject({ ok: true });
  });

  it('takes events after a trusted head for growth', () => {
    expect(
      verifyChain({ genesis, events, head: { seq: 2, hash: events[1].hash } }),
    ).toMatchObject({ ok: true, events: 6 });
  });

  it('knows the empty journal', () => {
    const none = { seq: 0, hash: genesis };
    expect(verifyChain({ genesis, events: [] })).toEqual({
      ok: true,
      events: 0,
      head: none,
    });
    expect(verifyChain({ genesis, events: [], head: none })).toMatchObject({
      ok: true,
    });
    expect(verifyChain({ genesis, events: [], head })).toMatchObject({
      seq: 1,
      reason: 'truncated',
      found: 'no events',
    });
    expect(
      verifyChain({
        genesis,
        events: [],
        head: { seq: 0, hash: otherHash(genesis) },
      }),
    ).toMatchObject({ ok: false, reason: 'wrong-genesis' });
  });

  it.each([
    ['type', { type: 'other' }],
    ['at', { at: '2020-01-01T00:00:00.000Z' }],
    ['actor', { actor: 'user:default/tomas.novak' }],
    ['actor (added field)', { actor: undefined }],
    ['data', { data: { step: 4 } }],
    ['hash', { hash: otherHash(events[2].hash) }],
    ['prevHash', { prevHash: otherHash(events[2].prevHash) }],
    ['seq', { seq: 99 }],
    ['seq, to one that is taken', { seq: 1 }],
    ['an unknown field', { approvedBy: 'user:default/tomas.novak' }],
    ['data that is not JSON', { data: { step: undefined } }],
    ['data that is no object', { data: 'step' }],
    ['seq that is no number', { seq: '3' }],
    ['hash that is no text', { hash: 3 }],
    ['actor that is no text', { actor: null }],
  ])('names event 3 when its %s was edited', (_, change) => {
    const result = verifyChain({ genesis, events: replaced(3, change) });
    expect(result).toMatchObject({ ok: false, seq: 3, reason: 'edited' });
    expect(result).toHaveProperty(
      'message',
      expect.stringMatching(/^Event 3 was edited: .*\.$/),
    );
  });

  it('does not fail over something that is no event at all', () => {
    expect(
      verifyChain({ genesis, events: JSON.parse('[null, 1, "x", []]') }),
    ).toMatchObject({ ok: false, seq: 1, reason: 'edited' });
  });

  it('explains what was expected and what was found', () => {
    const edited = { ...events[2], type: 'other' };
    expect(verifyChain({ genesis, events: replaced(3, edited) })).toEqual({
      ok: false,
      seq: 3,
      reason: 'edited',
      message: 'Event 3 was edited: its content does not match its hash.',
      expected: `content with hash ${events[2].hash}`,
      found: `content with hash ${hashEvent(events[1].hash, {
        seq: 3,
        type: 'other',
        at: edited.at,
        actor: edited.actor,
        data: edited.data,
      })}`,
    });
  });

  it('names the first of several bad events', () => {
    const list = replaced(5, { type: 'other' });
    list.splice(1, 1);
    expect(verifyChain({ genesis, events: list })).toMatchObject({
      seq: 2,
      reason: 'missing',
      message: 'Event 2 is missing: event 3 stands right after event 1.',
    });
  });

  it('names a missing first event', () => {
    expect(verifyChain({ genesis, events: events.slice(1) })).toMatchObject({
      seq: 1,
      reason: 'missing',
      message:
        'Event 1 is missing: event 2 stands right after the start of the journal.',
    });
  });

  it('tells events in the wrong order from missing ones', () => {
    const list = [...events];
    [list[2], list[4]] = [list[4], list[2]];
    expect(verifyChain({ genesis, events: list })).toMatchObject({
      seq: 3,
      reason: 'reordered',
      message: 'Event 3 is out of order: event 5 stands before it.',
    });
  });

  it('sees through rewritten numbers', () => {
    const list = renumbered(events.filter(event => event.seq !== 3));
    expect(verifyChain({ genesis, events: list })).toMatchObject({
      seq: 3,
      reason: 'renumbered',
      message: expect.stringContaining('Event 3 was written as event 4'),
    });
  });

  it('names the number of an inserted event, whichever way it was made', () => {
    const content = { ...events[2], type: 'forged' };
    const [sound] = chainEvents(events[1].hash, [content]);
    for (const forged of [sound, content, events[2]]) {
      const list = [...events];
      list.splice(2, 0, forged);
      expect(verifyChain({ genesis, events: list })).toMatchObject({
        seq: 3,
        reason: 'inserted',
        message: expect.stringContaining('Event 3 is there twice'),
      });
    }
    expect(
      verifyChain({
        genesis,
        events: [{ ...events[0], seq: 0, type: 'x' }, ...events],
      }),
    ).toMatchObject({ seq: 1, reason: 'inserted' });
  });

  it('names an event appended to a closed journal', () => {
    const [extra] = chainEvents(head.hash, [{ ...events[5], seq: 7 }]);
    const result = (final: boolean) =>
      verifyChain({
        genesis,
        events: [...events, extra],
        head: { ...head, final },
      });
    expect(result(false)).toMatchObject({ ok: true, events: 7 });
    expect(result(true)).toMatchObject({
      seq: 7,
      reason: 'inserted',
      message: 'Event 7 was inserted: the journal was closed after event 6.',
    });
  });

  it('names the truncated tail, given a head', () => {
    expect(
      verifyChain({ genesis, events: events.slice(0, 4), head }),
    ).toMatchObject({
      seq: 5,
      reason: 'truncated',
      message:
        'Event 5 is missing: the journal was truncated, the trusted head is event 6.',
    });
  });

  it('names the place where a rewritten event meets what followed it', () => {
    expect(
      verifyChain({ genesis, events: rehashed(3, { type: 'other' }) }),
    ).toMatchObject({ seq: 4, reason: 'broken-link' });
  });

  it('notices a journal hashed anew, given a head', () => {
    const list = chainEvents(genesis, [
      ...events.slice(0, 3),
      { ...events[3], type: 'other' },
      ...events.slice(4),
    ]);
    expect(verifyChain({ genesis, events: list })).toMatchObject({ ok: true });
    expect(verifyChain({ genesis, events: list, head })).toMatchObject({
      seq: 6,
      reason: 'head-mismatch',
      expected: `hash ${head.hash}`,
      found: `hash ${list[5].hash}`,
    });
  });

  it('notices the journal of another subject', () => {
    const other = exampleJournal(6, { runId: 'run-2' });
    expect(verifyChain({ genesis, events: other.events })).toMatchObject({
      seq: 1,
      reason: 'wrong-genesis',
    });
  });

  it.each([
    [{ genesis: 'abc' }, 'genesis is "abc"; allowed is a SHA-256'],
    [{ head: { seq: 1, hash: '' } }, 'head.hash is ""; allowed'],
    [{ head: { seq: -1, hash: genesis } }, 'head.seq is -1; allowed'],
  ])('refuses the options %j', (options, message) => {
    const verify = () => verifyChain({ genesis, events, ...options });
    expect(verify).toThrow(InputError);
    expect(verify).toThrow(message);
  });
});

describe('ChainVerifier', () => {
  it('says so with the batch that holds the first bad event', () => {
    const verifier = ChainVerifier.create({ genesis, head });
    expect(verifier.add(events.slice(0, 2))).toBe(true);
    expect(verifier.finish()).toMatchObject({ ok: false, reason: 'truncated' });
    expect(verifier.add([{ ...events[2], type: 'other' }])).toBe(false);
    expect(verifier.add(events.slice(3))).toBe(false);
    expect(verifier.finish()).toMatchObject({ seq: 3, reason: 'edited' });
  });

  it('hashes stored text as found', () => {
    const stored = events.map(event => ({
      ...event,
      data: `{"note":"Zürich 🚀","step":${event.seq}}`,
    }));
    const verify = (list: typeof stored) => {
      const verifier = ChainVerifier.create({ genesis });
      verifier.addStored(list);
      return verifier.finish();
    };
    expect(verify(stored)).toEqual({ ok: true, events: 6, head });
    stored[1].data = stored[1].data.replace(',', ', ');
    expect(verify(stored)).toMatchObject({ seq: 2, reason: 'edited' });
  });
});
