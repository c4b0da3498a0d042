import {
  ListOccurrencesRequest,
  OccurrencePage,
  ScheduleView,
} from '@handrail/plugin-sop-common';
import { RunAccess } from '../service/access';
import { CallOptions } from '../service/SopRunService';
import { ScheduleService } from './ScheduleService';

/**
 * Occurrences are about runs, so they need the permission to read those. When
 * the next ones come is part of the procedure, which everybody may read who
 * sees it in the catalog.
 */
export class AuthorizedScheduleService implements ScheduleService {
  constructor(
    private readonly service: ScheduleService,
    private readonly access: RunAccess,
  ) {}

  getSchedule(
    request: { sopRef: string },
    options: CallOptions,
  ): Promise<ScheduleView> {
    return this.service.getSchedule(request, options);
  }

  async listOccurrences(
    request: ListOccurrencesRequest,
    options: CallOptions,
  ): Promise<OccurrencePage> {
    const decisions = await this.access.decide(['read'], options.credentials);
    decisions.assert('read');
    const page = await this.service.listOccurrences(request, options);
    if (!decisions.isConditional('read')) {
      return page;
    }
    const shown = await Promise.all(
      page.items.map(async ({ runId }) => !runId || decisions.isVisible(runId)),
    );
    return { ...page, items: page.items.filter((_, index) => shown[index]) };
  }
}
