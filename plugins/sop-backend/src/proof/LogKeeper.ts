import {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import { KnexLog, signCheckpoint, StoredCheckpoint } from '@handrail/journal';
import { LogWitness } from '@handrail/plugin-sop-node';
import type { Knex } from 'knex';
import { ProofConfig } from './config';
import { readEntries } from './LogSource';

/** Transitions per transaction: short enough that nobody waits long for it. */
const BATCH = 500;

/** How a witness took the last checkpoint. */
export interface WitnessState {
  name: string;
  /** The size it has accepted last, since this process began. */
  size?: number;
  error?: string;
  /** It says that the log went back or was rewritten. */
  contradicts: boolean;
}

export const sopLog = KnexLog.create({ name: 'sop_log' });

/**
 * Fills the log from the journals and signs it, away from the paths that people
 * wait on. Any number of replicas may do it at the same time: they take turns.
 */
export class LogKeeper {
  readonly #witnesses = new Map<string, WitnessState>();

  constructor(
    private readonly options: {
      knex: Knex;
      config: ProofConfig;
      witnesses: () => LogWitness[];
      auditor: AuditorService;
      logger: LoggerService;
      now: () => string;
    },
  ) {}

  async start(scheduler: SchedulerService): Promise<void> {
    const seconds = Math.min(10, this.options.config.every / 1000);
    await scheduler.scheduleTask({
      id: 'sop-log',
      frequency: { seconds },
      timeout: { minutes: 5 },
      scope: 'global',
      fn: () => this.keep(),
    });
  }

  witnessStates(): WitnessState[] {
    return this.options
      .witnesses()
      .map(
        ({ name }) => this.#witnesses.get(name) ?? { name, contradicts: false },
      );
  }

  /** Brings the log up to date and signs it when that is due. */
  async keep(options: { force?: boolean } = {}): Promise<void> {
    while (await this.#feed()) {
      // Until nothing is left.
    }
    const checkpoint = await this.#sign(options.force ?? false);
    if (checkpoint) {
      await this.#publish(checkpoint);
    }
  }

  /** @returns whether there may be more */
  async #feed(): Promise<boolean> {
    const { knex } = this.options;
    return knex.transaction(async tx => {
      const { size, cursor } = await sopLog.lock(tx);
      const read = await readEntries(tx, {
        cursor,
        limit: BATCH,
        logged: runIds => sopLog.lastSeqs(tx, runIds),
      });
      if (read.cursor !== cursor) {
        await sopLog.append(tx, size, read.entries, read.cursor);
      }
      return read.more;
    });
  }

  async #sign(force: boolean): Promise<StoredCheckpoint | undefined> {
    const { knex, config, now } = this.options;
    const { origin, signers, every, entries } = config;
    if (signers.length === 0) {
      return undefined;
    }
    return knex.transaction(async tx => {
      const { size } = await sopLog.lock(tx);
      const latest = await sopLog.latestCheckpoint(tx);
      const at = now();
      const due =
        force ||
        !latest ||
        size - latest.size >= entries ||
        Date.parse(at) - Date.parse(latest.at) >= every;
      return due && size > 0
        ? sopLog.checkpoint(tx, { size, origin, at, signers })
        : undefined;
    });
  }

  /** The log as it is now, signed now; not kept. */
  async freshCheckpoint(): Promise<string> {
    const { knex, config, now } = this.options;
    const { origin, signers } = config;
    const size = await sopLog.size(knex);
    const root = await sopLog.root(knex, size);
    return signCheckpoint({ origin, size, root, at: now() }, signers);
  }

  /** The audit log is a witness that is always there. */
  async #publish(checkpoint: StoredCheckpoint): Promise<void> {
    const { auditor, logger, witnesses } = this.options;
    const { note, size } = checkpoint;
    const event = await auditor.createEvent({
      eventId: 'log-checkpoint',
      severityLevel: 'low',
      meta: { actionType: 'checkpoint', size, note },
    });
    await event.success();
    for (const witness of witnesses()) {
      try {
        await this.#submit(witness, checkpoint);
        this.#witnesses.set(witness.name, {
          name: witness.name,
          size,
          contradicts: false,
        });
      } catch (error) {
        const contradicts = isError(error) && error.name === 'ConflictError';
        const message = stringifyError(error);
        this.#witnesses.set(witness.name, {
          ...this.#witnesses.get(witness.name),
          name: witness.name,
          error: message,
          contradicts,
        });
        const words = `The witness ${witness.name} did not take the checkpoint at ${size}: ${message}`;
        if (contradicts) {
          logger.error(words);
        } else {
          logger.warn(words);
        }
      }
    }
  }

  async #submit(
    witness: LogWitness,
    { note, size }: StoredCheckpoint,
  ): Promise<void> {
    const { knex } = this.options;
    const prove = async (old: number) =>
      (await sopLog.consistencyProof(knex, Math.min(old, size), size)).map(
        hash => hash.toString('base64'),
      );
    const oldSize = this.#witnesses.get(witness.name)?.size ?? 0;
    await witness.submit({
      note,
      size,
      oldSize,
      consistency: await prove(oldSize),
      prove,
    });
  }
}
