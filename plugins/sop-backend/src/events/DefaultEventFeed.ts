import { SopEventPage, toCloudEvent } from '@handrail/plugin-sop-common';
import { RunStore } from '../database/RunStore';
import { EventFeed } from './EventFeed';

/** Transitions per page when none is asked for. */
const DEFAULT_LIMIT = 100;

export class DefaultEventFeed implements EventFeed {
  constructor(private readonly store: Pick<RunStore, 'readOutbox'>) {}

  async listEvents(request: {
    after?: string;
    limit?: number;
  }): Promise<SopEventPage> {
    const { items, cursor } = await this.store.readOutbox({
      after: request.after,
      limit: request.limit ?? DEFAULT_LIMIT,
    });
    return {
      items: items.flatMap(entry =>
        entry.events.map(event => toCloudEvent(event, entry)),
      ),
      cursor,
    };
  }
}
