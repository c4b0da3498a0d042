import type { Knex } from 'knex';
import {
  assertInstant,
  assertSeq,
  checkLimit,
  decodeCursor,
  encodeCursor,
  toPage,
} from '../cursor';
import { toIso } from '../dialect';
import { DbRun } from '../rows';
import { Page, PageOptions, TaskQuery, TaskRow } from '../RunStore';
import { hasAnyOf, whereCriteria } from './criteria';

/** Counts stop here. */
const MAX_COUNT = 100;

/** SQLite joins at most 500 reads in one statement. */
const MAX_PARTS = 400;

const ORDER = ['sort_due', 'since', 'run_id', 'step_id'] as const;

interface InboxKeyset {
  sort_due: string;
  since: string;
  run_id: string;
  step_id: string;
  through: string;
}

interface DbTask
  extends Pick<
    DbRun,
    'run_id' | 'sop_ref' | 'sop_title' | 'target_ref' | 'initiator'
  > {
  step_id: string;
  step_type: TaskRow['stepType'];
  step_name: string;
  role: string | null;
  step_status: TaskRow['status'];
  step_version: number;
  step_since: Date | string;
  step_due: Date | string | null;
  claimed_by: string | null;
  run_title: string;
  run_status: DbRun['status'];
}

const TASK_COLUMNS = {
  run_id: 'run.run_id',
  step_id: 'step.step_id',
  step_type: 'step.type',
  step_name: 'step.name',
  role: 'step.role',
  step_status: 'step.status',
  step_version: 'step.version',
  step_since: 'step.since',
  step_due: 'step.due_at',
  claimed_by: 'step.claimed_by',
  sop_ref: 'run.sop_ref',
  sop_title: 'run.sop_title',
  run_title: 'run.title',
  run_status: 'run.status',
  target_ref: 'run.target_ref',
  initiator: 'run.initiator',
};

function toTaskRow(row: DbTask): TaskRow {
  return {
    runId: row.run_id,
    stepId: row.step_id,
    stepType: row.step_type,
    stepName: row.step_name,
    role: row.role ?? undefined,
    status: row.step_status,
    version: row.step_version,
    sopRef: row.sop_ref,
    sopTitle: row.sop_title,
    runTitle: row.run_title,
    runStatus: row.run_status,
    targetRef: row.target_ref ?? undefined,
    initiator: row.initiator,
    since: toIso(row.step_since),
    dueAt: toIso(row.step_due),
    claimedBy: row.claimed_by ?? undefined,
  };
}

/** Rows of a table with run and step ids, of tasks that the person may see. */
function seen(knex: Knex, table: string, { visible }: TaskQuery) {
  const rows = knex(table);
  return visible
    ? rows.whereExists(
        whereCriteria(
          knex,
          knex('run_step')
            .join('run', 'run.run_id', 'run_step.run_id')
            .whereRaw('run_step.run_id = ??', [`${table}.run_id`])
            .whereRaw('run_step.step_id = ??', [`${table}.step_id`])
            .select(knex.raw('1')),
          visible,
        ),
      )
    : rows;
}

/** Rows of the given people and groups that a person may act on. */
function inboxOf(knex: Knex, principals: string[], query: TaskQuery) {
  const mine = [query.userRef, ...query.groupRefs];
  return seen(knex, 'task_inbox', query)
    .whereIn('principal', principals)
    .where(allowed => {
      allowed.where('excluded', '').orWhereNot(found => {
        found.whereRaw(...hasAnyOf(knex, 'excluded', mine));
      });
    });
}

function principalsOf(query: TaskQuery, scope: 'me' | 'groups'): string[] {
  return scope === 'me'
    ? [query.userRef]
    : [...new Set(query.groupRefs)].filter(ref => ref !== query.userRef);
}

/** Keys of one page; a task that waits for several of my groups comes once. */
async function inboxKeys(
  knex: Knex,
  query: TaskQuery,
  scope: 'me' | 'groups',
  options: { after?: string[]; limit: number },
): Promise<InboxKeyset[]> {
  const matching = (principals: string[]) => {
    const rows = inboxOf(knex, principals, query);
    if (options.after) {
      rows.whereRaw(
        `(${ORDER.join(', ')}) > (${ORDER.map(() => '?').join(', ')})`,
        options.after,
      );
    }
    return rows.select('principal', ...ORDER);
  };
  const ordered = ORDER.map(column => ({ column }));
  const principals = principalsOf(query, scope);
  if (principals.length === 0) {
    return [];
  }
  // One read in index order per group: a full group does not slow the page.
  const perGroup = principals.map(principal =>
    knex
      .select('*')
      .from(
        matching([principal]).orderBy(ordered).limit(options.limit).as('part'),
      ),
  );
  return knex
    .from(
      principals.length > MAX_PARTS
        ? matching(principals).as('mine')
        : knex.unionAll(perGroup, false).as('mine'),
    )
    .groupBy(...ORDER)
    .orderBy(ordered)
    .limit(options.limit)
    .select(...ORDER)
    .min('principal as through');
}

async function readTasks(
  knex: Knex,
  keys: Array<{ run_id: string; step_id: string }>,
): Promise<Map<string, DbTask>> {
  if (keys.length === 0) {
    return new Map();
  }
  const rows: DbTask[] = await knex('run_step as step')
    .join('run', 'run.run_id', 'step.run_id')
    .whereIn(
      ['step.run_id', 'step.step_id'],
      keys.map(key => [key.run_id, key.step_id]),
    )
    .select(TASK_COLUMNS);
  return new Map(rows.map(row => [`${row.run_id}/${row.step_id}`, row]));
}

/** What waits for a person, by deadline, then age. */
export async function listOpenTasks(
  knex: Knex,
  query: TaskQuery,
  scope: 'me' | 'groups',
  page: PageOptions,
): Promise<Page<TaskRow>> {
  const limit = checkLimit(page.limit);
  const kind = `tasks-${scope}`;
  const after =
    page.cursor === undefined
      ? undefined
      : decodeCursor(kind, ORDER.length, page.cursor);
  const keys = await inboxKeys(knex, query, scope, {
    after,
    limit: limit + 1,
  });
  const { items: visible, nextCursor } = toPage(
    keys,
    limit,
    key => key,
    key =>
      encodeCursor(
        kind,
        ORDER.map(column => key[column]),
      ),
  );
  const tasks = await readTasks(knex, visible);
  const items = visible.flatMap(key => {
    // Gone when somebody did it between the two reads.
    const task = tasks.get(`${key.run_id}/${key.step_id}`);
    return task ? [{ ...toTaskRow(task), through: key.through }] : [];
  });
  return { items, nextCursor };
}

interface DoneKey {
  run_id: string;
  step_id: string;
  seq: number;
  outcome: TaskRow['outcome'];
  done_at: Date | string;
}

/** What a person did, newest first. */
export async function listDoneTasks(
  knex: Knex,
  tasks: TaskQuery,
  page: PageOptions,
): Promise<Page<TaskRow>> {
  const limit = checkLimit(page.limit);
  const query = seen(knex, 'task_done', tasks)
    .where('actor', tasks.userRef)
    .orderBy(
      ['done_at', 'run_id', 'seq'].map(column => ({ column, order: 'desc' })),
    )
    .limit(limit + 1)
    .select('run_id', 'step_id', 'seq', 'outcome', 'done_at');
  if (page.cursor !== undefined) {
    const [doneAt, runId, seq] = decodeCursor('tasks-done', 3, page.cursor);
    query.whereRaw('(done_at, run_id, seq) < (?, ?, ?)', [
      assertInstant(doneAt),
      runId,
      assertSeq(seq),
    ]);
  }
  const { items: keys, nextCursor } = toPage(
    (await query) as DoneKey[],
    limit,
    key => key,
    key =>
      encodeCursor('tasks-done', [
        toIso(key.done_at),
        key.run_id,
        String(key.seq),
      ]),
  );
  const found = await readTasks(knex, keys);
  const items = keys.flatMap(key => {
    const task = found.get(`${key.run_id}/${key.step_id}`);
    return task
      ? [
          {
            ...toTaskRow(task),
            doneAt: toIso(key.done_at),
            outcome: key.outcome,
          },
        ]
      : [];
  });
  return { items, nextCursor };
}

/** How much waits for a person, each count at most 100. */
export async function countTasks(
  knex: Knex,
  query: TaskQuery,
): Promise<{ me: number; groups: number }> {
  const count = async (scope: 'me' | 'groups') => {
    const principals = principalsOf(query, scope);
    const rows = await knex
      .from(
        inboxOf(knex, principals, query)
          .distinct('run_id', 'step_id')
          .limit(MAX_COUNT)
          .as('open'),
      )
      .count({ open: '*' });
    return Number(rows[0].open);
  };
  const [me, groups] = [await count('me'), await count('groups')];
  return { me, groups };
}
