import { NoteVerifier } from '@handrail/journal';
import { LogStatus, LogVerification } from '@handrail/plugin-sop-common';
import { LogWitness } from '@handrail/plugin-sop-node';
import type { Knex } from 'knex';
import { isPostgres } from '../database/dialect';
import { Exporter } from './Exporter';
import { LogKeeper, sopLog } from './LogKeeper';
import { LogVerifier } from './LogVerifier';
import { Bundle, ProofService } from './ProofService';

/** Takes the first chunk before the answer begins, so that errors are answers. */
async function begun(
  chunks: AsyncGenerator<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  const first = await chunks.next();
  return (async function* rest() {
    if (!first.done) {
      yield first.value;
      yield* chunks;
    }
  })();
}

export class DefaultProofService implements ProofService {
  constructor(
    private readonly options: {
      knex: Knex;
      keeper: LogKeeper;
      exporter: Exporter;
      origin: string;
      verifiers: NoteVerifier[];
      witnesses: () => LogWitness[];
      now: () => string;
    },
  ) {}

  async getStatus(): Promise<LogStatus> {
    const { knex, keeper, origin } = this.options;
    const checkpoint = await sopLog.latestCheckpoint(knex);
    return {
      origin,
      size: await sopLog.size(knex),
      ...(checkpoint ? { checkpoint } : {}),
      keys: (await sopLog.keys(knex)).map(({ vkey, at }) => ({ vkey, at })),
      witnesses: keeper.witnessStates(),
    };
  }

  async verifyLog(): Promise<LogVerification> {
    const { knex, verifiers, witnesses, now } = this.options;
    const checkedAt = now();
    const verify = (db: Knex) =>
      new LogVerifier({
        db,
        verifiers,
        witnesses: witnesses(),
        now: checkedAt,
      }).verify();
    // One moment for all tables; SQLite has a single connection anyway.
    const { size, findings } = isPostgres(knex)
      ? await knex.transaction(verify, {
          isolationLevel: 'repeatable read',
          readOnly: true,
        })
      : await verify(knex);
    return { ok: findings.length === 0, size, findings, checkedAt };
  }

  async exportRun({ runId }: { runId: string }): Promise<Bundle> {
    return {
      filename: `run-${runId}.zip`,
      chunks: await begun(this.options.exporter.exportRun(runId)),
    };
  }

  async exportPeriod(request: { from: string; to: string }): Promise<Bundle> {
    const { from, to } = request;
    const day = (at: string) => at.slice(0, 10);
    return {
      filename: `runs-${day(from)}-to-${day(to)}.zip`,
      chunks: await begun(this.options.exporter.exportPeriod(from, to)),
    };
  }
}
