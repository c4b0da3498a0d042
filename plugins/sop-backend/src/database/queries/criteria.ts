import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { SopRunQuery, SopTaskQuery } from '@handrail/plugin-sop-node';
import type { Knex } from 'knex';
import { isPostgres } from '../dialect';

type Query = SopRunQuery | SopTaskQuery;
type Sql = [sql: string, bindings: Knex.RawBinding[]];

/** Columns whose value is one text; null fits nothing. */
const TEXTS: Partial<Record<`${Query['of']}.${Query['key']}`, string>> = {
  'run.initiator': 'run.initiator',
  'run.sopRef': 'run.sop_ref',
  'run.status': 'run.status',
  'run.targetRef': 'run.target_ref',
  'run.targetOwner': 'run.target_owner',
  'task.claimedBy': 'run_step.claimed_by',
  'task.stepType': 'run_step.type',
};

/**
 * Whether a column that holds `|ref|ref|` holds one of the refs.
 * @param column - trusted SQL
 */
export function hasAnyOf(knex: Knex, column: string, all: string[]): Sql {
  const refs = all.filter(Boolean);
  return isPostgres(knex)
    ? [`(string_to_array(${column}, '|') && ?::text[])`, [refs]]
    : [
        `EXISTS (SELECT 1 FROM json_each(?) WHERE instr(${column}, '|' || value || '|') > 0)`,
        [JSON.stringify(refs)],
      ];
}

/**
 * `expression IN (values)`, in one binding so that statements are few. Never
 * null, so that its negation is true where there is no value.
 */
function isOneOf(knex: Knex, expression: string, values: string[]): Sql {
  return isPostgres(knex)
    ? [
        `(${expression} IS NOT NULL AND ${expression} = ANY (?::text[]))`,
        [values],
      ]
    : [
        `(${expression} IS NOT NULL AND ${expression} IN (SELECT value FROM json_each(?)))`,
        [JSON.stringify(values)],
      ];
}

function toSql(knex: Knex, { of, key, values }: Query): Sql {
  const text = TEXTS[`${of}.${key}`];
  if (text) {
    return isOneOf(knex, text, values);
  }
  if (of === 'task') {
    const column =
      key === 'excludedOwners' ? 'excluded_owners' : 'potential_owners';
    return hasAnyOf(knex, `run_step.${column}`, values);
  }
  switch (key) {
    case 'targetKind':
      return isOneOf(
        knex,
        isPostgres(knex)
          ? "split_part(run.target_ref, ':', 1)"
          : "substr(run.target_ref, 1, instr(run.target_ref, ':') - 1)",
        values,
      );
    case 'sopOwner': {
      const [sql, bindings] = isOneOf(knex, 'revision.owner', values);
      return [
        `run.revision_hash IN (SELECT revision.hash FROM sop_revision revision WHERE ${sql})`,
        bindings,
      ];
    }
    case 'potentialOwners': {
      const [sql, bindings] = hasAnyOf(
        knex,
        'any_step.potential_owners',
        values,
      );
      return [
        `EXISTS (SELECT 1 FROM run_step any_step WHERE any_step.run_id = run.run_id AND ${sql})`,
        bindings,
      ];
    }
    default:
      throw new Error(`Runs cannot be looked for by ${key}`);
  }
}

function combine(parts: Sql[], word: 'AND' | 'OR', empty: string): Sql {
  return parts.length
    ? [
        `(${parts.map(([sql]) => sql).join(` ${word} `)})`,
        parts.flatMap(([, bindings]) => bindings),
      ]
    : [empty, []];
}

function criteriaSql(knex: Knex, criteria: PermissionCriteria<Query>): Sql {
  if ('allOf' in criteria) {
    return combine(
      criteria.allOf.map(one => criteriaSql(knex, one)),
      'AND',
      '1 = 1',
    );
  }
  if ('anyOf' in criteria) {
    return combine(
      criteria.anyOf.map(one => criteriaSql(knex, one)),
      'OR',
      '1 = 0',
    );
  }
  if ('not' in criteria) {
    const [sql, bindings] = criteriaSql(knex, criteria.not);
    return [`NOT ${sql}`, bindings];
  }
  return toSql(knex, criteria);
}

/**
 * Adds what must hold to a query over `run`, and `run_step` where criteria are
 * about tasks. Empty `allOf` holds for everything, empty `anyOf` for nothing.
 */
export function whereCriteria<T extends Knex.QueryBuilder>(
  knex: Knex,
  query: T,
  criteria: PermissionCriteria<Query>,
): T {
  return query.whereRaw(...criteriaSql(knex, criteria)) as T;
}
