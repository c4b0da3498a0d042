import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import { Actor, SCHEDULE_REF, SopSchedule } from '@handrail/plugin-sop-common';
import { SopRunService } from '../service/SopRunService';
import { catchUpMillis } from './occurrencesToCome';
import { ScheduledProcedure, ScheduledProcedures } from './ScheduledProcedures';
import { ScheduleStore, Settlement } from './ScheduleStore';
import { Occurrence } from './types';

/** The initiator of runs that a schedule starts. */
export const SCHEDULE_ACTOR: Actor = {
  ref: SCHEDULE_REF,
  kind: 'service',
  ownershipEntityRefs: [],
};

/** Occurrences that one replica starts at the same time. */
const BATCH = 500;
/** After this long others may take over what somebody took on. */
const LEASE_MS = 60_000;
/** Before an occurrence that failed for a technical reason is tried again. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** Refusals that the next try would meet as well. */
const FINAL = [
  'InputError',
  'NotFoundError',
  'NotAllowedError',
  'ConflictError',
];

/** Starts the runs of occurrences that are due. */
export class Starter {
  readonly #store: ScheduleStore;
  readonly #procedures: ScheduledProcedures;
  readonly #service: Pick<SopRunService, 'startRun'>;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #now: () => string;
  readonly #logger: LoggerService;

  constructor(options: {
    store: ScheduleStore;
    procedures: ScheduledProcedures;
    service: Pick<SopRunService, 'startRun'>;
    /** Of this back end itself. */
    credentials: () => Promise<BackstageCredentials>;
    now: () => string;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#procedures = options.procedures;
    this.#service = options.service;
    this.#credentials = options.credentials;
    this.#now = options.now;
    this.#logger = options.logger;
  }

  /** @returns whether there may be more to do */
  async startDue(): Promise<boolean> {
    const now = this.#now();
    await this.#store.releaseWaiting(now);
    const claimed = await this.#store.claim({
      now,
      until: new Date(Date.parse(now) + LEASE_MS).toISOString(),
      limit: BATCH,
    });
    const groups = new Map<string, Occurrence[]>();
    for (const one of claimed) {
      const key = `${one.sopRef} ${one.occursAt}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    for (const group of groups.values()) {
      await this.#startGroup(group);
    }
    return claimed.length > 0;
  }

  /** Occurrences of one procedure at one instant. */
  async #startGroup(group: Occurrence[]): Promise<void> {
    const [{ sopRef, occursAt }] = group;
    const procedure = await this.#procedures.get(sopRef);
    const refusal = procedure
      ? procedure.refusal
      : 'The procedure is gone, or it has no schedule any more.';
    const settlements =
      procedure && refusal === undefined
        ? await this.#startAll(procedure, group, occursAt)
        : group.map(one => ({
            ...one,
            state: 'failed' as const,
            reason: refusal,
          }));
    await this.#store.settle(settlements, this.#now());
  }

  async #startAll(
    procedure: ScheduledProcedure,
    group: Occurrence[],
    occursAt: string,
  ): Promise<Settlement[]> {
    const { sopRef, schedule } = procedure;
    const overlap = schedule.overlap ?? 'skip';
    const obstacles =
      overlap === 'allow'
        ? undefined
        : await this.#store.obstacles(
            sopRef,
            group.map(({ targetRef }) => targetRef ?? ''),
            occursAt,
          );
    const credentials = await this.#credentials();
    return Promise.all(
      group.map(async one => {
        const obstacle = obstacles?.get(one.targetRef ?? '');
        return obstacle
          ? leftOut(one, overlap, obstacle)
          : this.#start(procedure, one, credentials);
      }),
    );
  }

  async #start(
    { schedule }: ScheduledProcedure,
    one: Occurrence,
    credentials: BackstageCredentials,
  ): Promise<Settlement> {
    const { sopRef, occursAt, targetRef } = one;
    try {
      const { runId } = await this.#service.startRun(
        {
          // The same for ever, so that a second try finds the first one's run.
          commandId: `${sopRef} ${occursAt} ${targetRef ?? ''}`,
          sopRef,
          targetRef,
          inputs: schedule.inputs,
        },
        { credentials, actor: SCHEDULE_ACTOR },
      );
      return { ...one, state: 'started', runId, reason: undefined };
    } catch (error) {
      const now = Date.parse(this.#now());
      const reason = isError(error) ? error.message : stringifyError(error);
      const isFinal = isError(error) && FINAL.includes(error.name);
      const isTooLate =
        one.attempts > 10 &&
        now > Date.parse(occursAt) + catchUpMillis(schedule);
      if (isFinal || isTooLate) {
        return { ...one, state: 'failed', reason };
      }
      this.#logger.warn(
        `${sopRef} was not started at its occurrence ${occursAt}${
          targetRef ? ` for ${targetRef}` : ''
        } and is tried again: ${reason}`,
      );
      const wait = Math.min(
        LAST_RETRY_MS,
        FIRST_RETRY_MS * 2 ** (one.attempts - 1),
      );
      const tryAt = new Date(now + wait).toISOString();
      return { ...one, state: 'due', reason, tryAt };
    }
  }
}

function leftOut(
  one: Occurrence,
  overlap: SopSchedule['overlap'],
  { runId, waiting }: { runId?: string; waiting: boolean },
): Settlement {
  if (overlap === 'queue' && !waiting) {
    const reason = `It starts when run ${runId} of the occurrence before is closed.`;
    return { ...one, state: 'waiting', reason };
  }
  const reason = waiting
    ? 'An occurrence before is waiting already.'
    : `Run ${runId} of the occurrence before was still open.`;
  return { ...one, state: 'skipped', reason };
}
