import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  ControlEvent,
  ControlledRevision,
  nameOfRevision,
  RevisionStanding,
  standingOf,
} from '@handrail/plugin-sop-common';
import { ControlCommit } from './ControlStore';
import { procedurePath } from './links';

/** Topic of the events service on which changes of documents are announced. */
export const PROCEDURE_TOPIC = 'sop.procedure';

/**
 * Announces what happened to a document: whom it waits for, and that it is in
 * force. Hints only; the journal is the record.
 */
export class ControlPublisher {
  constructor(
    private readonly options: {
      events: EventsService;
      logger: LoggerService;
      notifications: NotificationService;
      signals: SignalsService;
      now: () => string;
    },
  ) {}

  /** Never rejects: what cannot be announced is logged. */
  async publish(commit: ControlCommit, sopRef: string): Promise<void> {
    const results = await Promise.allSettled([
      ...commit.events.map(event => this.#announce(event, sopRef)),
      ...this.#notify(commit, sopRef),
      this.#signal(commit, sopRef),
    ]);
    for (const result of results) {
      if (result.status === 'rejected') {
        this.options.logger.warn(
          `The document of ${sopRef} changed, but not everybody could be told: ${stringifyError(
            result.reason,
          )}`,
        );
      }
    }
  }

  #notify({ state, events }: ControlCommit, sopRef: string): Promise<void>[] {
    const { current, effective } = standingOf(state, this.options.now());
    return events.flatMap(event => {
      const stand = [current, effective].find(
        one => one?.revision.hash === event.data.hash,
      );
      if (!stand || !stand.revision.approvers.length) {
        return [];
      }
      const message = newsOf(event, stand);
      return message ? [this.#send(message, stand.revision, sopRef)] : [];
    });
  }

  /** One message per revision and reader, which later news replace. */
  #send(
    message: { to: string[]; title: string; text: string },
    revision: ControlledRevision,
    sopRef: string,
  ): Promise<void> {
    return this.options.notifications.send({
      recipients: { type: 'entity', entityRef: message.to },
      payload: {
        title: message.title,
        description: message.text,
        link: procedurePath(sopRef),
        severity: 'normal',
        topic: 'sop',
        scope: `sop:revision:${sopRef}:${revision.hash}`,
      },
    });
  }

  async #signal({ state }: ControlCommit, sopRef: string): Promise<void> {
    const revision = state.revisions.find(one => one.hash === state.current);
    if (revision) {
      await this.options.signals.publish({
        recipients: {
          type: 'user',
          entityRef: [...new Set([revision.owner, ...revision.approvers])],
        },
        channel: `sop:procedure:${sopRef}`,
        message: { sopRef, version: state.seq },
      });
    }
  }

  async #announce(event: ControlEvent, sopRef: string): Promise<void> {
    await this.options.events.publish({
      topic: PROCEDURE_TOPIC,
      eventPayload: {
        specversion: '1.0',
        id: `${sopRef}/${event.seq}`,
        source: '/api/sop',
        type: `dev.handrail.sop.${event.type}`,
        subject: sopRef,
        time: event.at,
        data: {
          sopRef,
          seq: event.seq,
          hash: event.data.hash,
          actor: event.actor,
        },
      },
    });
  }
}

function newsOf(
  event: ControlEvent,
  { revision, status, missing }: RevisionStanding,
): { to: string[]; title: string; text: string } | undefined {
  const { title, owner, approvers } = revision;
  const name = nameOfRevision(revision);
  if (event.type === 'revision.recorded') {
    return status === 'in-review' && missing.length > 0
      ? {
          to: missing,
          title: `Sign ${name} of ${title}?`,
          text: 'It comes into force when every approver has signed it.',
        }
      : undefined;
  }
  if (event.type === 'signature.given' && event.data.meaning === 'approval') {
    return missing.length === 0
      ? {
          to: [...new Set([owner, ...approvers])],
          title: `${title}: ${name} is signed`,
          text:
            status === 'effective'
              ? 'It is in force now.'
              : `It comes into force on ${revision.effectiveFrom}.`,
        }
      : undefined;
  }
  if (event.type === 'revision.rejected') {
    return {
      to: [...new Set([owner, ...approvers])],
      title: `${title}: ${name} was rejected`,
      text: `${event.data.name}: ${event.data.reason}`,
    };
  }
  return undefined;
}
