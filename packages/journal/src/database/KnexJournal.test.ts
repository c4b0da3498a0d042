import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError, InputError } from '@backstage/errors';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  chainEvents,
  createJournalTable,
  fromRow,
  genesisHash,
  isJournalConflict,
  KnexJournal,
  toRow,
  verifyChain,
} from '..';
import {
  events as arbitraryEvents,
  exampleJournal,
  RUNS,
} from '../__testUtils__/journals';

jest.setTimeout(60_000 + RUNS * 50);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const table = 'run_event';
const journal = KnexJournal.create({ table, subjectColumn: 'run_id' });

async function createDatabase(id: TestDatabaseId): Promise<Knex> {
  const knex = await databases.init(id);
  await createJournalTable(knex, table, { subjectColumn: 'run_id' });
  return knex;
}

const isSqlite = (knex: Knex) => knex.client.config.client === 'better-sqlite3';

/** What somebody with all rights on the database can do. */
async function dropGuards(knex: Knex) {
  if (isSqlite(knex)) {
    for (const guard of ['update', 'delete', 'insert']) {
      await knex.raw(`DROP TRIGGER ${table}_guard_${guard}`);
    }
  } else {
    await knex.raw(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
  }
}

const { genesis, events } = exampleJournal(6);
const head = { seq: 6, hash: events[5].hash };

describe.each(databases.eachSupportedId())('KnexJournal on %s', id => {
  it('reads what was appended, journal by journal', async () => {
    const knex = await createDatabase(id);
    const other = exampleJournal(2, { runId: 'run-2' });
    await knex.transaction(tx =>
      journal.append(tx, 'run-1', events.slice(0, 4)),
    );
    await journal.append(knex, 'run-2', other.events);
    await journal.append(knex, 'run-1', events.slice(4));
    await journal.append(knex, 'run-1', []);

    expect(await journal.read(knex, 'run-1')).toEqual(events);
    expect(await journal.read(knex, 'run-2')).toEqual(other.events);
    expect(await journal.read(knex, 'run-3')).toEqual([]);
    expect(
      await journal.read(knex, 'run-1', { afterSeq: 2, limit: 3 }),
    ).toEqual(events.slice(2, 5));
    expect(await journal.head(knex, 'run-1')).toEqual(head);
    expect(await journal.head(knex, 'run-3')).toBeUndefined();
  });

  it('stores the hashed bytes, whatever the events hold', async () => {
    const knex = await createDatabase(id);
    await fc.assert(
      fc.asyncProperty(fc.uuid(), arbitraryEvents(1), async (runId, list) => {
        const start = genesisHash({ runId });
        const chained = chainEvents(start, list);
        await journal.append(knex, runId, chained);
        const stored = await journal.read(knex, runId);
        expect(stored).toEqual(chained);
        const result = { ok: true, events: list.length };
        expect(verifyChain({ genesis: start, events: stored })).toMatchObject(
          result,
        );
        expect(await journal.verify(knex, runId, start)).toMatchObject(result);
        const row = await knex(table).where({ run_id: runId, seq: 1 }).first();
        const { run_id, ...columns } = row;
        expect(columns).toEqual(toRow(chained[0]));
        expect(fromRow(columns)).toEqual(chained[0]);
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it('finds the event a command ended with', async () => {
    const knex = await createDatabase(id);
    await journal.append(knex, 'run-1', events.slice(0, 3), 'c-1');
    await journal.append(knex, 'run-1', events.slice(3, 4));
    await journal.append(knex, 'run-1', events.slice(4, 5));
    expect(await journal.findCommand(knex, 'run-1', 'c-1')).toEqual(events[2]);
    expect(await journal.findCommand(knex, 'run-1', 'c-2')).toBeUndefined();
    expect(await journal.findCommand(knex, 'run-2', 'c-1')).toBeUndefined();
  });

  it('refuses a command id that its subject already has', async () => {
    const knex = await createDatabase(id);
    await journal.append(knex, 'run-1', events.slice(0, 1), 'c-1');
    await expect(
      journal.append(knex, 'run-1', events.slice(1, 2), 'c-1'),
    ).rejects.toThrow(ConflictError);
    expect(await journal.head(knex, 'run-1')).toMatchObject({ seq: 1 });
    const other = exampleJournal(1, { runId: 'run-2' });
    await journal.append(knex, 'run-2', other.events, 'c-1');
  });

  it('refuses a number that is taken and keeps nothing of the batch', async () => {
    const knex = await createDatabase(id);
    await journal.append(knex, 'run-1', events.slice(0, 3));
    const append = journal.append(knex, 'run-1', events.slice(2));
    await expect(append).rejects.toThrow(ConflictError);
    await expect(append).rejects.toThrow(
      'The journal of run-1 already holds event 3',
    );
    expect(await journal.read(knex, 'run-1')).toEqual(events.slice(0, 3));
  });

  it('lets exactly one of two concurrent writers own a number', async () => {
    const knex = await createDatabase(id);
    await journal.append(knex, 'run-1', events.slice(0, 1));
    // Both know the same head before either one writes.
    const { seq, hash } = (await journal.head(knex, 'run-1'))!;
    const write = (type: string) =>
      knex.transaction(async tx => {
        await journal.append(
          tx,
          'run-1',
          chainEvents(hash, [
            { seq: seq + 1, type, at: events[1].at, data: {} },
          ]),
        );
        // Keeps the transaction open while the other one inserts.
        await new Promise(resolve => setTimeout(resolve, 100));
        return type;
      });

    const results = await Promise.allSettled([write('a'), write('b')]);
    const winner = results.find(result => result.status === 'fulfilled');
    expect(results).toContainEqual({
      status: 'rejected',
      reason: expect.any(ConflictError),
    });
    expect(winner).toBeDefined();
    const stored = await journal.read(knex, 'run-1');
    expect(stored.map(event => event.type)).toEqual(['test.1', winner?.value]);
    expect(await journal.verify(knex, 'run-1', genesis)).toMatchObject({
      ok: true,
      events: 2,
    });
  });

  it('lets one of many stale writers win', async () => {
    const knex = await createDatabase(id);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        knex.transaction(tx =>
          journal.append(
            tx,
            'run-1',
            chainEvents(genesis, [
              { seq: 1, type: `w${i}`, at: events[0].at, data: {} },
              { seq: 2, type: `w${i}`, at: events[0].at, data: {} },
            ]),
          ),
        ),
      ),
    );
    const lost = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    expect(lost).toHaveLength(7);
    expect(lost).toEqual(lost.map(() => expect.any(ConflictError)));
    expect(await journal.verify(knex, 'run-1', genesis)).toMatchObject({
      ok: true,
      events: 2,
    });
  });

  it('tells conflicts of a larger statement from other errors', async () => {
    const knex = await createDatabase(id);
    const rows = journal.toRows('run-1', events.slice(0, 2), 'c-1');
    expect(rows.map(row => row.command_id)).toEqual([null, 'c-1']);
    await knex(table).insert(rows);
    const numberTaken = await knex(table)
      .insert(rows[0])
      .catch(e => e);
    expect(isJournalConflict(numberTaken, table)).toBe(true);
    expect(isJournalConflict(numberTaken, 'other_event')).toBe(false);
    const notNull = await knex(table)
      .insert({ ...rows[0], seq: 9, hash: null })
      .catch(e => e);
    // By its text: a driver's error class may come from outside the test's realm.
    expect(notNull).toMatchObject({ message: expect.stringMatching(/null/i) });
    expect(isJournalConflict(notNull, table)).toBe(false);
    expect(isJournalConflict(undefined, table)).toBe(false);
  });

  it('passes on errors that are no conflicts', async () => {
    const knex = await databases.init(id);
    await expect(
      journal.append(knex, 'run-1', events),
    ).rejects.not.toBeInstanceOf(ConflictError);
    await expect(journal.append(knex, 'run-1', events)).rejects.toMatchObject({
      message: expect.stringMatching(/run_event/),
    });
  });

  it('refuses events that do not follow each other', async () => {
    const knex = await createDatabase(id);
    const foreign = exampleJournal(6, { runId: 'run-2' }).events;
    for (const batch of [
      [events[0], events[2]],
      [events[0], foreign[1]],
    ]) {
      const append = journal.append(knex, 'run-1', batch);
      await expect(append).rejects.toThrow(InputError);
      await expect(append).rejects.toThrow(/does not follow event 1/);
    }
    expect(await journal.read(knex, 'run-1')).toEqual([]);
  });

  it('appends and verifies more than one batch, all or nothing', async () => {
    const knex = await createDatabase(id);
    const long = exampleJournal(2501, { runId: 'long' });
    await journal.append(knex, 'long', long.events, 'c-1');
    const last = { seq: 2501, hash: long.events[2500].hash };
    expect(
      await journal.verify(knex, 'long', long.genesis, {
        ...last,
        final: true,
      }),
    ).toEqual({ ok: true, events: 2501, head: last });
    expect(await journal.findCommand(knex, 'long', 'c-1')).toMatchObject({
      seq: 2501,
    });

    await journal.append(knex, 'run-1', events.slice(0, 1), 'c-1');
    const more = exampleJournal(1200).events.slice(1);
    await expect(journal.append(knex, 'run-1', more, 'c-1')).rejects.toThrow(
      ConflictError,
    );
    expect(await journal.head(knex, 'run-1')).toMatchObject({ seq: 1 });

    await dropGuards(knex);
    await knex(table).where({ run_id: 'long', seq: 2000 }).delete();
    expect(
      await journal.verify(knex, 'long', long.genesis, last),
    ).toMatchObject({ seq: 2000, reason: 'missing' });
  });

  const attacks: [string, (knex: Knex) => Promise<unknown>, object][] = [
    [
      'edited text',
      k => k(table).where('seq', 3).update('type', 'other'),
      { seq: 3, reason: 'edited' },
    ],
    [
      'edited data',
      k => k(table).where('seq', 3).update('data', '{}'),
      { seq: 3, reason: 'edited' },
    ],
    [
      'data with a space more',
      k => k(table).where('seq', 3).update('data', k.raw(`data || ' '`)),
      { seq: 3, reason: 'edited' },
    ],
    [
      'a removed actor',
      k => k(table).where('seq', 3).update('actor', null),
      { seq: 3, reason: 'edited' },
    ],
    [
      'an emptied actor',
      k => k(table).where('seq', 2).update('actor', ''),
      { seq: 2, reason: 'edited' },
    ],
    [
      'a backdated event',
      k => k(table).where('seq', 3).update('at', '2020-01-01T00:00:00.000Z'),
      { seq: 3, reason: 'edited' },
    ],
    [
      'a deleted event',
      k => k(table).where('seq', 3).delete(),
      { seq: 3, reason: 'missing' },
    ],
    [
      'a truncated tail',
      k => k(table).where('seq', '>', 4).delete(),
      { seq: 5, reason: 'truncated' },
    ],
    [
      'everything deleted',
      k => k(table).delete(),
      { seq: 1, reason: 'truncated' },
    ],
    [
      'an event numbered 0',
      async k =>
        k(table).insert({ run_id: 'run-1', ...toRow(events[0]), seq: 0 }),
      { seq: 1, reason: 'inserted' },
    ],
    [
      'another journal under this name',
      async k => {
        await k(table).delete();
        await journal.append(
          k,
          'run-1',
          exampleJournal(6, { runId: 'run-2' }).events,
        );
      },
      { seq: 1, reason: 'wrong-genesis' },
    ],
    [
      'a rewritten journal',
      async k => {
        await k(table).delete();
        await journal.append(
          k,
          'run-1',
          chainEvents(genesis, [
            ...events.slice(0, 5),
            { ...events[5], type: 'other' },
          ]),
        );
      },
      { seq: 6, reason: 'head-mismatch' },
    ],
  ];
  it.each(attacks)('finds %s behind its guards', async (_, attack, found) => {
    const knex = await createDatabase(id);
    await journal.append(knex, 'run-1', events);
    await dropGuards(knex);
    await attack(knex);
    const verdict = await journal.verify(knex, 'run-1', genesis, head);
    expect(verdict).toMatchObject({ ok: false, ...found });

    const other = exampleJournal(3, { runId: 'run-0' });
    await journal.append(knex, 'run-0', other.events);
    expect(
      await journal.verifyMany(knex, [
        { subjectId: 'run-1', genesis, head },
        { subjectId: 'run-0', genesis: other.genesis },
      ]),
    ).toEqual([verdict, await journal.verify(knex, 'run-0', other.genesis)]);
  });

  it('verifies many journals of any length together', async () => {
    const knex = await createDatabase(id);
    const journals = [];
    for (let i = 0; i < 230; i++) {
      const subjectId = `run-${i}`;
      const length = i === 7 ? 4100 : i % 5;
      const one = exampleJournal(length, { runId: subjectId });
      await journal.append(knex, subjectId, one.events);
      journals.push({ subjectId, genesis: one.genesis, length });
    }
    const results = await journal.verifyMany(knex, journals);
    expect(results).toEqual(
      journals.map(({ length }) =>
        expect.objectContaining({ ok: true, events: length }),
      ),
    );
    await dropGuards(knex);
    await knex(table).where({ run_id: 'run-7', seq: 4000 }).delete();
    await knex(table).where({ run_id: 'run-229', seq: 2 }).update('type', 'x');
    const bad = await journal.verifyMany(knex, journals);
    expect(bad.flatMap(({ ok }, i) => (ok ? [] : i))).toEqual([7, 229]);
    expect(bad[7]).toMatchObject({ seq: 4000, reason: 'missing' });
    expect(await journal.verifyMany(knex, [])).toEqual([]);
  });

  it('names the event whose data can no longer be read', async () => {
    const knex = await createDatabase(id);
    await journal.append(knex, 'run-1', events);
    await dropGuards(knex);
    await knex(table).where('seq', 3).update('data', '{');
    await expect(journal.read(knex, 'run-1')).rejects.toThrow(
      'The data of event 3 is not JSON any more',
    );
    expect(await journal.verify(knex, 'run-1', genesis)).toMatchObject({
      seq: 3,
      reason: 'edited',
    });
  });
});

describe('KnexJournal.create', () => {
  it.each([
    ['Run_Event', 'run_id', 'table is "Run_Event"; allowed'],
    ['run_event; drop', 'run_id', 'table is "run_event; drop"; allowed'],
    ['run_event', 'hash', 'subjectColumn is "hash"; allowed'],
    ['x'.repeat(49), 'run_id', 'allowed are up to 48'],
  ])('refuses %j with %j', (name, subjectColumn, message) => {
    const create = () => KnexJournal.create({ table: name, subjectColumn });
    expect(create).toThrow(InputError);
    expect(create).toThrow(message);
  });
});
