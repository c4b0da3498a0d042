import {
  COLUMNS,
  NEW_RUN_COLUMNS,
  RowSetName,
  RowSets,
  RUN_CHANGE_COLUMNS,
} from './rowSets';

interface Target {
  table: string;
  /** Where a row of the same key is replaced. */
  conflict?: { key: string; set: string };
  /** Rows are keys to delete. */
  remove?: boolean;
}

function overwrite(name: RowSetName, key: string[]): string {
  return COLUMNS[name]
    .map(([column]) => column)
    .filter(column => !key.includes(column))
    .map(column => `${column} = excluded.${column}`)
    .join(', ');
}

const TARGETS: Record<RowSetName, Target> = {
  events: { table: 'run_event' },
  steps: {
    table: 'run_step',
    conflict: { key: 'run_id, step_id', set: overwrite('steps', ['step_id']) },
  },
  inboxPut: {
    table: 'task_inbox',
    conflict: {
      key: 'run_id, step_id, principal',
      set: overwrite('inboxPut', ['principal', 'step_id']),
    },
  },
  inboxRemove: { table: 'task_inbox', remove: true },
  timersPut: {
    table: 'timer',
    conflict: {
      key: 'run_id, step_id, slot',
      set: `${overwrite('timersPut', [
        'step_id',
        'slot',
        'fence',
      ])}, owner = NULL, fence = @max(excluded.fence, timer.fence + 1)`,
    },
  },
  timersRemove: { table: 'timer', remove: true },
  locksPut: {
    table: 'lock_request',
    conflict: {
      key: 'run_id, step_id',
      set: overwrite('locksPut', ['step_id']),
    },
  },
  locksRemove: { table: 'lock_request', remove: true },
  listenersPut: {
    table: 'event_listener',
    conflict: {
      key: 'run_id, step_id',
      set: overwrite('listenersPut', ['step_id']),
    },
  },
  listenersRemove: { table: 'event_listener', remove: true },
  done: { table: 'task_done' },
};

/** In the order in which they are written. */
export const SET_NAMES = Object.keys(TARGETS) as RowSetName[];

/** Which sets have rows; the others are left out of the statement. */
export function shapeOf(batch: readonly RowSets[]): string {
  return SET_NAMES.map(name =>
    batch.some(sets => sets[name].length > 0) ? '1' : '0',
  ).join('');
}

type Columns = ReadonlyArray<[string, string]>;

/** What identifies a row of a run and so begins every row. */
export const RUN_ID: Columns = [['run_id', 'text']];

/** What a transition expects of its run, and what it makes of it. */
export const UPDATE_COLUMNS: Columns = [
  ...RUN_ID,
  ['expected', 'int'],
  ...RUN_CHANGE_COLUMNS,
];

export const INSERT_COLUMNS: Columns = [
  ...RUN_ID,
  ...RUN_CHANGE_COLUMNS,
  ...NEW_RUN_COLUMNS,
];

export const OUTBOX_COLUMNS: Columns = [
  ...RUN_ID,
  ['first_seq', 'int'],
  ['last_seq', 'int'],
  ['actor', 'text'],
];

const namesOf = (columns: Columns) => columns.map(([name]) => name);

class Parameters {
  #count = 0;

  /**
   * Rows given as one array per column. In the select list, where the arrays
   * advance together, and not in `FROM`, which first copies each array into a
   * store of its own: with several dozens of arrays that was a third of the
   * server's time.
   */
  rows(columns: Columns): string {
    const arrays = columns.map(([name, type]) => {
      this.#count += 1;
      return `unnest($${this.#count}::${type}[]) AS ${name}`;
    });
    return `(SELECT ${arrays.join(', ')}) AS x`;
  }
}

function part(
  name: RowSetName,
  parameters: Parameters,
  condition: string,
): string {
  const { table, conflict, remove } = TARGETS[name];
  const columns = [...RUN_ID, ...COLUMNS[name]];
  const source = parameters.rows(columns);
  if (remove) {
    // Through `u`, of which the planner expects few rows, so that it never
    // reads the whole table.
    const keys = namesOf(columns).map(column => `t.${column} = x.${column}`);
    return `${name.toLowerCase()} AS (DELETE FROM ${table} t USING ${source} JOIN u ON u.run_id = x.run_id WHERE ${keys.join(
      ' AND ',
    )})`;
  }
  const values = namesOf(columns).map(column => `x.${column}`);
  const onConflict = conflict
    ? ` ON CONFLICT (${conflict.key}) DO UPDATE SET ${conflict.set.replace(
        '@max',
        'GREATEST',
      )}`
    : '';
  const returning =
    name === 'timersPut' ? ' RETURNING run_id, step_id, slot, fence' : '';
  return `${name.toLowerCase()} AS (INSERT INTO ${table} (${namesOf(
    columns,
  ).join(', ')}) SELECT ${values.join(
    ', ',
  )} FROM ${source}${condition}${onConflict}${returning})`;
}

function runPart(start: boolean, parameters: Parameters): string {
  if (start) {
    const columns = namesOf(INSERT_COLUMNS);
    return `INSERT INTO run (${columns.join(', ')}) SELECT ${columns
      .map(column => `x.${column}`)
      .join(', ')} FROM ${parameters.rows(
      INSERT_COLUMNS,
    )} ON CONFLICT (start_key) DO NOTHING RETURNING run_id`;
  }
  const set = namesOf(RUN_CHANGE_COLUMNS).map(
    column => `${column} = x.${column}`,
  );
  return `UPDATE run t SET ${set.join(', ')} FROM ${parameters.rows(
    UPDATE_COLUMNS,
  )} WHERE t.run_id = x.run_id AND t.version = x.expected RETURNING t.run_id`;
}

/**
 * The statement of whole transitions of different runs for PostgreSQL.
 *
 * When a run's version is not the expected one, it is higher, so the journal
 * already holds the number of the first event: its primary key fails the whole
 * statement and nothing of any run is written. A start whose key exists writes
 * nothing either, because everything depends on its row in `u`, which is then
 * not among the rows returned.
 *
 * Parameters are arrays, one per column: the runs, the outbox, then each set.
 */
export function postgresStatement(shape: string, start: boolean): string {
  const parameters = new Parameters();
  const outbox = namesOf(OUTBOX_COLUMNS);
  // A start may find its key taken, and has no event in its way then.
  const condition = start ? ' JOIN u ON u.run_id = x.run_id' : '';
  const parts = [
    `u AS (${runPart(start, parameters)})`,
    `o AS (INSERT INTO outbox (${outbox.join(', ')}) SELECT ${outbox
      .map(column => `x.${column}`)
      .join(', ')} FROM ${parameters.rows(OUTBOX_COLUMNS)}${condition})`,
    ...SET_NAMES.filter((_, index) => shape[index] === '1').map(name =>
      part(name, parameters, condition),
    ),
  ];
  const timers = shape[SET_NAMES.indexOf('timersPut')] === '1';
  return `WITH ${parts.join(', ')} ${
    timers
      ? 'SELECT u.run_id, t.step_id, t.slot, t.fence FROM u LEFT JOIN timersput t ON t.run_id = u.run_id'
      : 'SELECT run_id FROM u'
  }`;
}

/** The statement that writes one row of a set on SQLite. */
export function sqliteStatement(name: RowSetName): string {
  const { table, conflict, remove } = TARGETS[name];
  const columns = ['run_id', ...COLUMNS[name].map(([column]) => column)];
  if (remove) {
    return `DELETE FROM ${table} WHERE ${columns
      .map(column => `${column} = ?`)
      .join(' AND ')}`;
  }
  const onConflict = conflict
    ? ` ON CONFLICT (${conflict.key}) DO UPDATE SET ${conflict.set.replace(
        '@max',
        'max',
      )}`
    : '';
  const returning =
    name === 'timersPut' ? ' RETURNING step_id, slot, fence' : '';
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns
    .map(() => '?')
    .join(', ')})${onConflict}${returning}`;
}
