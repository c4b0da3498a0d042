import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  BrokenStep,
  MilestoneKind,
  TourProgress,
} from '@handrail/plugin-onboarding-common';
import type { Knex } from 'knex';
import {
  MissingTarget,
  OnboardingStore,
  PersonMilestone,
} from './OnboardingStore';
import {
  BrokenRow,
  MilestoneRow,
  ProgressRow,
  toColumns,
  toIso,
  toMilestone,
  toProgress,
} from './rows';

const MIGRATIONS = resolvePackagePath(
  '@handrail/plugin-onboarding-backend',
  'migrations',
);

/** Rounds of reading and writing before a change gives up. */
const ATTEMPTS = 8;

/** Progress, milestones and reports on SQLite or PostgreSQL. */
export class DatabaseOnboardingStore implements OnboardingStore {
  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseOnboardingStore> {
    const { database } = options;
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: MIGRATIONS });
    }
    return new DatabaseOnboardingStore(knex);
  }

  private constructor(private readonly knex: Knex) {}

  async listProgress(userRef: string): Promise<TourProgress[]> {
    const rows = await this.knex<ProgressRow>('tour_progress')
      .where({ user_ref: userRef })
      .orderBy('tour_ref');
    return rows.map(toProgress);
  }

  async changeProgress(
    userRef: string,
    tourRef: string,
    decide: (current: TourProgress | undefined) => TourProgress | undefined,
  ): Promise<TourProgress | undefined> {
    const key = { user_ref: userRef, tour_ref: tourRef };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const row = await this.knex<ProgressRow>('tour_progress')
        .where(key)
        .first();
      const current = row && toProgress(row);
      const next = decide(current);
      if (!next || next === current) {
        return current;
      }
      const revision = (row?.revision ?? 0) + 1;
      const columns = { ...key, revision, ...toColumns(next) };
      // A writer that came in between leaves nothing to update or insert, and
      // the change is decided again on what that one wrote.
      const written = row
        ? await this.knex('tour_progress')
            .where({ ...key, revision: row.revision })
            .update(columns)
        : (
            await this.knex('tour_progress')
              .insert(columns)
              .onConflict(['user_ref', 'tour_ref'])
              .ignore()
              .returning('revision')
          ).length;
      if (written > 0) {
        return next;
      }
    }
    throw new ConflictError(
      `The progress of ${userRef} in ${tourRef} changes all the time; try again`,
    );
  }

  async listFinishers(
    tourRef: string,
  ): Promise<Array<{ userRef: string; version: number; at: string }>> {
    const rows = await this.knex<ProgressRow>('tour_progress')
      .where({ tour_ref: tourRef })
      .whereNotNull('finished_at')
      .orderBy('finished_at');
    return rows.map(row => ({
      userRef: row.user_ref,
      version: row.finished_version ?? row.version,
      at: toIso(row.finished_at) ?? '',
    }));
  }

  async recordMilestone(milestone: PersonMilestone): Promise<void> {
    const { userRef, kind, at, evidence } = milestone;
    await this.knex('milestone')
      .insert({
        user_ref: userRef,
        kind,
        at: instant(at),
        evidence: evidence ?? null,
      })
      .onConflict(['user_ref', 'kind'])
      .merge(['at', 'evidence'])
      .where('milestone.at', '>', instant(at));
  }

  async listMilestones(filter: {
    userRef?: string;
    kinds?: MilestoneKind[];
  }): Promise<PersonMilestone[]> {
    const query = this.knex<MilestoneRow>('milestone').orderBy([
      'user_ref',
      'kind',
    ]);
    if (filter.userRef) {
      query.where({ user_ref: filter.userRef });
    }
    if (filter.kinds) {
      query.whereIn('kind', filter.kinds);
    }
    return (await query).map(toMilestone);
  }

  async reportMissingTarget(report: MissingTarget): Promise<boolean> {
    const { tourRef, version, stepId, target, userRef } = report;
    const at = instant(report.at);
    const step = { tour_ref: tourRef, version, step_id: stepId };
    return this.knex.transaction(async tx => {
      const known = await tx('missing_target').where(step).first();
      await tx('missing_target')
        .insert({
          ...step,
          user_ref: userRef,
          target,
          first_seen_at: at,
          last_seen_at: at,
        })
        .onConflict(['tour_ref', 'version', 'step_id', 'user_ref'])
        .merge(['last_seen_at', 'target']);
      return !known;
    });
  }

  async listBrokenSteps(): Promise<BrokenStep[]> {
    const rows: BrokenRow[] = await this.knex('missing_target')
      .select<BrokenRow[]>('tour_ref', 'version', 'step_id')
      .max({ target: 'target', last_seen_at: 'last_seen_at' })
      .min({ first_seen_at: 'first_seen_at' })
      .count({ reports: '*' })
      .groupBy('tour_ref', 'version', 'step_id');
    return rows
      .map(row => ({
        tourRef: row.tour_ref,
        version: row.version,
        stepId: row.step_id,
        target: row.target,
        reports: Number(row.reports),
        firstSeenAt: toIso(row.first_seen_at),
        lastSeenAt: toIso(row.last_seen_at) ?? '',
      }))
      .sort(
        (a, b) => b.reports - a.reports || (a.tourRef < b.tourRef ? -1 : 1),
      );
  }
}

/** One form for both databases: SQLite compares instants as text. */
function instant(at: string): string {
  return new Date(at).toISOString();
}
