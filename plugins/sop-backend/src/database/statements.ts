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
      key: 'principal, run_id, step_id',
      set: overwrite('inboxPut', ['principal', 'step_id']),
    },
  },
  inboxRemove: { table: 'task_inbox', remove: true },
  timersPut: {
    table: 'timer',
    conflict: {
      key: 'run_id, step_id',
      set: `${overwrite('timersPut', [
        'step_id',
        'fence',
      ])}, owner = NULL, fence = @max(excluded.fence, timer.fence + 1)`,
    },
  },
  timersRemove: { table: 'timer', remove: true },
  done: { table: 'task_done' },
};

/** In the order in which they are written. */
export const SET_NAMES = Object.keys(TARGETS) as RowSetName[];

/** Rows up to this many are written out as values; more come as arrays. */
const MAX_VALUES = 6;

/** Which statement a transition needs: how many rows of each set. */
export function shapeOf(sets: RowSets): string {
  return SET_NAMES.map(name => {
    const { length } = sets[name];
    return length > MAX_VALUES ? 'n' : String(length);
  }).join('');
}

class Parameters {
  #count = 0;

  next(type: string): string {
    this.#count += 1;
    return `$${this.#count}::${type}`;
  }
}

function rowSource(
  name: RowSetName,
  size: string,
  parameters: Parameters,
): string {
  const columns = COLUMNS[name];
  const alias = `x(${columns.map(([column]) => column).join(', ')})`;
  if (size === 'n') {
    const arrays = columns.map(([, type]) => parameters.next(`${type}[]`));
    return `unnest(${arrays.join(', ')}) AS ${alias}`;
  }
  const rows = Array.from(
    { length: Number(size) },
    () => `(${columns.map(([, type]) => parameters.next(type)).join(', ')})`,
  );
  return `(VALUES ${rows.join(', ')}) AS ${alias}`;
}

function part(
  name: RowSetName,
  size: string,
  runId: string,
  parameters: Parameters,
): string {
  const { table, conflict, remove } = TARGETS[name];
  const columns = COLUMNS[name].map(([column]) => column);
  const source = rowSource(name, size, parameters);
  if (remove) {
    const keys = columns.map(column => `t.${column} = x.${column}`);
    return `${name.toLowerCase()} AS (DELETE FROM ${table} t USING u, ${source} WHERE t.run_id = ${runId} AND ${keys.join(
      ' AND ',
    )})`;
  }
  const list = ['run_id', ...columns].join(', ');
  const values = columns.map(column => `x.${column}`).join(', ');
  const onConflict = conflict
    ? ` ON CONFLICT (${conflict.key}) DO UPDATE SET ${conflict.set.replace(
        '@max',
        'GREATEST',
      )}`
    : '';
  const returning = name === 'timersPut' ? ' RETURNING step_id, fence' : '';
  return `${name.toLowerCase()} AS (INSERT INTO ${table} (${list}) SELECT ${runId}, ${values} FROM u, ${source}${onConflict}${returning})`;
}

/**
 * The statement of a whole transition for PostgreSQL. Everything depends on
 * `u`, the run's own row: when its version is not the expected one (or, for a
 * start, when the start key exists) nothing is written and no row is returned.
 *
 * Parameters: run id; expected version (not for a start); the run's cells; first
 * and last number and actor for the outbox; then the cells of each set.
 */
export function postgresStatement(shape: string, start: boolean): string {
  const parameters = new Parameters();
  const runId = parameters.next('text');
  let head: string;
  if (start) {
    const columns = [...RUN_CHANGE_COLUMNS, ...NEW_RUN_COLUMNS];
    const values = columns.map(([, type]) => parameters.next(type));
    head = `INSERT INTO run (run_id, ${columns
      .map(([column]) => column)
      .join(', ')}) VALUES (${[runId, ...values].join(
      ', ',
    )}) ON CONFLICT (start_key) DO NOTHING RETURNING run_id`;
  } else {
    const expected = parameters.next('int');
    const set = RUN_CHANGE_COLUMNS.map(
      ([column, type]) => `${column} = ${parameters.next(type)}`,
    );
    head = `UPDATE run SET ${set.join(
      ', ',
    )} WHERE run_id = ${runId} AND version = ${expected} RETURNING run_id`;
  }
  const outbox = ['int', 'int', 'text'].map(type => parameters.next(type));
  const parts = SET_NAMES.map((name, index) =>
    shape[index] === '0' ? '' : part(name, shape[index], runId, parameters),
  ).filter(Boolean);
  const timers = shape[SET_NAMES.indexOf('timersPut')] !== '0';
  return [
    `WITH u AS (${head})`,
    `o AS (INSERT INTO outbox (run_id, first_seq, last_seq, actor) SELECT ${runId}, ${outbox.join(
      ', ',
    )} FROM u)`,
    ...parts,
  ]
    .join(', ')
    .concat(
      timers
        ? ' SELECT t.step_id, t.fence FROM u LEFT JOIN timersput t ON true'
        : ' SELECT 1 FROM u',
    );
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
  const returning = name === 'timersPut' ? ' RETURNING step_id, fence' : '';
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns
    .map(() => '?')
    .join(', ')})${onConflict}${returning}`;
}
