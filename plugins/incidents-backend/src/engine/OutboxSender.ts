import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import { ClaimedMessage, Outbox } from '../database/outbox';
import { INCIDENT_TOPIC } from '../service/announce';
import { Repeater } from './Repeater';

/** Messages claimed at a time. */
const BATCH = 50;

/**
 * Sends what is in the outbox, at least once: a message is done when it was
 * sent, not when it was taken.
 */
export class OutboxSender {
  readonly #outbox: Outbox;
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #repeater: Repeater;

  constructor(options: {
    outbox: Outbox;
    signals: SignalsService;
    notifications: NotificationService;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#outbox = options.outbox;
    this.#signals = options.signals;
    this.#notifications = options.notifications;
    this.#events = options.events;
    this.#logger = options.logger;
    this.#repeater = new Repeater(() => this.#look(), options.logger);
  }

  /** Sends all that is due and returns when it was tried. */
  wake(): Promise<void> {
    return this.#repeater.wake();
  }

  /** Removes what was sent long ago. */
  prune(): Promise<void> {
    return this.#outbox.prune();
  }

  /** Takes on no more and waits for what is under way. */
  stop(): Promise<void> {
    return this.#repeater.stop();
  }

  async #look(): Promise<boolean> {
    const messages = await this.#outbox.claim(BATCH);
    for (const message of messages) {
      try {
        await this.#send(message);
        await this.#outbox.sent(message.id);
      } catch (error) {
        const reason = stringifyError(error);
        this.#logger.warn(
          `Message ${message.idempotencyKey} was not sent (attempt ${message.attempts}): ${reason}`,
        );
        await this.#outbox.failed(message, reason);
      }
    }
    return messages.length === BATCH;
  }

  async #send({ channel, payload }: ClaimedMessage): Promise<void> {
    if (channel === 'notification') {
      await this.#notifications.send(payload as NotificationSendOptions);
    } else if (channel === 'signal') {
      const { recipients, incidentId, version } = payload as {
        recipients: string[];
        incidentId: string;
        version: number;
      };
      const to = { type: 'user' as const, entityRef: recipients };
      await this.#signals.publish({
        recipients: to,
        channel: `incidents:incident:${incidentId}`,
        message: { incidentId, version },
      });
      await this.#signals.publish({
        recipients: to,
        channel: 'incidents:incidents',
        message: { incidentId },
      });
    } else {
      const { events } = payload as { events: JsonObject[] };
      for (const eventPayload of events) {
        await this.#events.publish({ topic: INCIDENT_TOPIC, eventPayload });
      }
    }
  }
}
