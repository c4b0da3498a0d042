import {
  MilestoneKind,
  TourProgress,
} from '@handrail/plugin-onboarding-common';
import { PersonMilestone } from './OnboardingStore';

type Instant = Date | string | null;

/** A row of `tour_progress`. */
export interface ProgressRow {
  user_ref: string;
  tour_ref: string;
  revision: number;
  version: number;
  status: TourProgress['status'];
  step_id: string | null;
  finished_version: number | null;
  offered_at: Instant;
  started_at: Instant;
  finished_at: Instant;
  dismissed_at: Instant;
  updated_at: Instant;
}

/** A row of `milestone`. */
export interface MilestoneRow {
  user_ref: string;
  kind: MilestoneKind;
  at: Instant;
  evidence: string | null;
}

/** Reports about one step of `missing_target`. */
export interface BrokenRow {
  tour_ref: string;
  version: number;
  step_id: string;
  target: string;
  reports: string | number;
  first_seen_at: Instant;
  last_seen_at: Instant;
}

/** An instant as either driver returns it, as ISO 8601 in UTC. */
export function toIso(value: Instant | undefined): string | undefined {
  return value === null || value === undefined
    ? undefined
    : new Date(value).toISOString();
}

export function toProgress(row: ProgressRow): TourProgress {
  return {
    tourRef: row.tour_ref,
    version: row.version,
    status: row.status,
    stepId: row.step_id ?? undefined,
    offeredAt: toIso(row.offered_at),
    startedAt: toIso(row.started_at),
    finishedAt: toIso(row.finished_at),
    finishedVersion: row.finished_version ?? undefined,
    dismissedAt: toIso(row.dismissed_at),
    updatedAt: toIso(row.updated_at) ?? '',
  };
}

export function toColumns(
  progress: TourProgress,
): Omit<ProgressRow, 'user_ref' | 'tour_ref' | 'revision'> {
  return {
    version: progress.version,
    status: progress.status,
    step_id: progress.stepId ?? null,
    finished_version: progress.finishedVersion ?? null,
    offered_at: progress.offeredAt ?? null,
    started_at: progress.startedAt ?? null,
    finished_at: progress.finishedAt ?? null,
    dismissed_at: progress.dismissedAt ?? null,
    updated_at: progress.updatedAt,
  };
}

export function toMilestone(row: MilestoneRow): PersonMilestone {
  return {
    userRef: row.user_ref,
    kind: row.kind,
    at: toIso(row.at) ?? '',
    evidence: row.evidence ?? undefined,
  };
}
