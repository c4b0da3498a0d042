import { RunStatus } from '@handrail/plugin-sop-common';

const KNOWN: Record<RunStatus, true> = {
  running: true,
  held: true,
  compensating: true,
  completed: true,
  failed: true,
  cancelled: true,
  compensated: true,
};

/** Every status a run can have. */
export const RUN_STATUSES = Object.keys(KNOWN) as RunStatus[];
