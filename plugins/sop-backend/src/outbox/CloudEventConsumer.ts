import { EventsService } from '@backstage/plugin-events-node';
import { lifecycleName, toCloudEvent } from '@handrail/plugin-sop-common';
import { OutboxEntry } from '../database/RunStore';
import { OutboxConsumer } from './OutboxConsumer';

/** Topic of the events service on which all events of runs are announced. */
export const RUN_TOPIC = 'sop.run';

/**
 * Announces events of runs to other plugins: all on `sop.run`, and those of the
 * run itself also on a topic of their own, such as `sop.run.completed`.
 */
export class CloudEventConsumer implements OutboxConsumer {
  readonly name = 'events';
  readonly startAt = 'end';

  constructor(private readonly events: EventsService) {}

  async deliver(entry: OutboxEntry): Promise<void> {
    for (const event of entry.events) {
      const eventPayload = toCloudEvent(event, entry);
      await this.events.publish({ topic: RUN_TOPIC, eventPayload });
      const name = lifecycleName(event);
      if (name.startsWith('run.')) {
        await this.events.publish({ topic: `sop.${name}`, eventPayload });
      }
    }
  }
}
