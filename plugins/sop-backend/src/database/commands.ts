import { ConflictError } from '@backstage/errors';
import { AnyRunEvent } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { readJournalRows } from './RunReader';
import { toRunEvents } from './transition';

/**
 * Looks for a command that was carried out before.
 *
 * @returns its events, or undefined when the id is new
 * @throws ConflictError when it was somebody else's
 */
export async function findCommand(
  db: Knex,
  runId: string,
  commandId: string,
  actorRef: string | undefined,
): Promise<AnyRunEvent[] | undefined> {
  const found: { first_seq: number; last_seq: number; actor: string | null } =
    await db('run_event')
      .join('outbox', join =>
        join
          .on('outbox.run_id', 'run_event.run_id')
          .andOn('outbox.last_seq', 'run_event.seq'),
      )
      .where('run_event.run_id', runId)
      .where('run_event.command_id', commandId)
      .first('outbox.first_seq', 'outbox.last_seq', 'outbox.actor');
  if (!found) {
    return undefined;
  }
  if ((found.actor ?? undefined) !== actorRef) {
    throw new ConflictError(
      `Command id ${commandId} was used in run ${runId} by somebody else; use a new id for each command`,
    );
  }
  return toRunEvents(
    await readJournalRows(db, runId, {
      after: found.first_seq - 1,
      upTo: found.last_seq,
    }),
  );
}
