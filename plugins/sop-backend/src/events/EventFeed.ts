import { SopEventPage } from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/** The outbox for systems outside of the portal, which keep a cursor. */
export interface EventFeed {
  /**
   * Events after a cursor, of at most `limit` transitions. An event never turns
   * up behind a cursor that was given out before, whoever writes at the same
   * time; one that was read may be read again.
   *
   * @throws InputError for a bad cursor or limit; NotAllowedError without the
   *   permission `sop.event.read`
   */
  listEvents(
    request: { after?: string; limit?: number },
    options: CallOptions,
  ): Promise<SopEventPage>;
}
