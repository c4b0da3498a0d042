import { AuditorService } from '@backstage/backend-plugin-api';
import { SopEventPage } from '@handrail/plugin-sop-common';
import { audited } from '../service/audited';
import { CallOptions } from '../service/SopRunService';
import { EventFeed } from './EventFeed';

/** Puts every read of the feed on record: it tells of all runs. */
export class AuditedEventFeed implements EventFeed {
  constructor(
    private readonly feed: EventFeed,
    private readonly auditor: AuditorService,
  ) {}

  async listEvents(
    request: { after?: string; limit?: number },
    options: CallOptions,
  ): Promise<SopEventPage> {
    return audited(
      this.auditor,
      {
        eventId: 'event',
        actionType: 'list',
        severityLevel: 'low',
        meta: { after: request.after },
        request: options.request,
      },
      () => this.feed.listEvents(request, options),
      page => ({ events: page.items.length, cursor: page.cursor }),
    );
  }
}
