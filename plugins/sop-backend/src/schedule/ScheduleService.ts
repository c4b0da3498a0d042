import {
  ListOccurrencesRequest,
  OccurrencePage,
  ScheduleView,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/**
 * What people may know of schedules. Throws errors of `@backstage/errors`:
 * `NotFoundError` for a procedure that the caller does not see, `InputError`
 * for arguments that are not allowed, `NotAllowedError` without permission.
 */
export interface ScheduleService {
  getSchedule(
    request: { sopRef: string },
    options: CallOptions,
  ): Promise<ScheduleView>;

  listOccurrences(
    request: ListOccurrencesRequest,
    options: CallOptions,
  ): Promise<OccurrencePage>;
}
