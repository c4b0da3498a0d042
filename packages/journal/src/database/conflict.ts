import { guardMessages, namesOf } from './table';

interface DriverError {
  code?: unknown;
  constraint?: unknown;
  message?: unknown;
}

/**
 * Whether a database error says that a journal row could not be inserted
 * because another one has its number or its command id. For statements other
 * than {@link KnexJournal.append}; on PostgreSQL the transaction has failed
 * then and must be rolled back.
 *
 * @param error - what the statement threw
 * @param table - the journal's table
 * @public
 */
export function isJournalConflict(error: unknown, table: string): boolean {
  if (typeof error !== 'object' || error === null) {
    return false;
  }
  const { code, constraint, message } = error as DriverError;
  if (code === '23505') {
    const { primaryKey, commandKey } = namesOf(table);
    return constraint === primaryKey || constraint === commandKey;
  }
  const text = String(message);
  return (
    String(code).startsWith('SQLITE_CONSTRAINT') &&
    (text.includes(guardMessages(table).insert) ||
      text.includes(`UNIQUE constraint failed: ${table}.`))
  );
}
