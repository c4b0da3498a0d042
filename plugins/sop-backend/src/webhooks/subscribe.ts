import { createHash, randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import { JsonValue } from '@backstage/types';
import { EventInbox, MAX_EVENT_SIZE } from '../engine';
import { BUS_SOURCE } from './config';

/**
 * Keeps what the portal's events service brings, so that steps can listen to it.
 * The service delivers an event to one replica and forgets it; what is kept
 * here is not lost any more.
 */
export async function subscribe(options: {
  events: EventsService;
  inbox: Pick<EventInbox, 'accept'>;
  logger: LoggerService;
  topics: string[];
}): Promise<void> {
  const { events, inbox, logger, topics } = options;
  if (topics.length === 0) {
    return;
  }
  await events.subscribe({
    id: 'sop-listen',
    topics,
    onEvent: async params => {
      const payload = (params.eventPayload ?? null) as JsonValue;
      const size = JSON.stringify(payload).length;
      if (size > MAX_EVENT_SIZE) {
        logger.warn(
          `An event of the topic ${params.topic} is left out: it has ${size} characters, and at most ${MAX_EVENT_SIZE} are kept`,
        );
        return;
      }
      await inbox.accept({
        source: BUS_SOURCE,
        id: idOf(params),
        topic: params.topic,
        payload,
      });
    },
  });
}

/** An id that is the same when the same event is delivered again, where it has one. */
function idOf({ topic, eventPayload, metadata }: EventParams): string {
  const { id } = (eventPayload ?? {}) as { id?: unknown };
  const delivery =
    metadata?.['x-github-delivery'] ?? metadata?.['x-request-id'];
  const known = typeof id === 'string' ? id : delivery;
  return typeof known === 'string'
    ? createHash('sha256').update(`${topic}\n${known}`).digest('hex')
    : randomUUID();
}
