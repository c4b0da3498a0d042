import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  byExposure,
  CompliancePage,
  ComplianceRequest,
  ComplianceRow,
  complianceOf,
  EntityFacts,
  StepInsightPage,
  StepInsightRequest,
  ToilPage,
} from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { checkLimit, decodeCursor, encodeCursor } from '../database/cursor';
import { CallOptions } from '../service/SopRunService';
import { InsightService } from './InsightService';
import { runsByTarget, StepRow, stepRows } from './queries';
import { Requirements } from './Requirements';
import { toilOf } from './toil';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
const MAX_DAYS = 730;
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

export class DefaultInsightService implements InsightService {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #requirements: Requirements;
  readonly #now: () => string;

  constructor(options: {
    knex: Knex;
    catalog: CatalogService;
    requirements: Requirements;
    /** ISO instant. */
    now: () => string;
  }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#requirements = options.requirements;
    this.#now = options.now;
  }

  async listCompliance(
    request: ComplianceRequest,
    options: CallOptions,
  ): Promise<CompliancePage> {
    const limit = checkLimit(request.limit, {
      max: MAX_LIMIT,
      fallback: DEFAULT_LIMIT,
    });
    const start = startOf(request.cursor);
    const { rows, truncated } = await this.#rows(request, options);
    const totals = { missing: 0, overdue: 0, 'due-soon': 0, met: 0 };
    rows.forEach(row => {
      totals[row.state] += 1;
    });
    const { state } = request;
    const shown = rows
      .filter(row => !state?.length || state.includes(row.state))
      .sort(
        (a, b) =>
          byExposure(a, b) ||
          a.entityRef.localeCompare(b.entityRef) ||
          a.sopRef.localeCompare(b.sopRef),
      );
    const end = start + limit;
    return {
      items: shown.slice(start, end),
      totals,
      truncated,
      ...(shown.length > end
        ? { nextCursor: encodeCursor('compliance', [String(end)]) }
        : {}),
    };
  }

  async listSteps(request: StepInsightRequest): Promise<StepInsightPage> {
    const { sopRef, byTeam = false } = request;
    const rows = await stepRows(this.#knex, {
      sinceMs: this.#since(request.days),
      sopRef: readRef('sopRef', sopRef),
      byTeam,
    });
    return { items: rows.map(toStepInsight) };
  }

  async listToil(request: { days?: number }): Promise<ToilPage> {
    const days = readDays(request.days);
    const rows = await stepRows(this.#knex, {
      sinceMs: this.#since(days),
      byTeam: false,
    });
    return { days, items: toilOf(rows, days) };
  }

  async getFacts(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<EntityFacts> {
    const entityRef = readRef('entityRef', request.entityRef);
    const entity = await this.#catalog.getEntityByRef(entityRef, options);
    if (!entity) {
      throw new NotFoundError(
        `There is no entity "${entityRef}", or you may not see it`,
      );
    }
    const counts = { missing: 0, overdue: 0, 'due-soon': 0, met: 0 };
    let openRuns = 0;
    let lateMs = 0;
    for (const requirement of await this.#requirements.list(options)) {
      if (this.#requirements.governs(requirement, entity)) {
        const runs = await runsByTarget(
          this.#knex,
          requirement.sopRef,
          entityRef,
        );
        const { last, openRuns: open = 0 } = runs.get(entityRef) ?? {};
        const verdict = complianceOf(requirement.every, last, this.#now());
        counts[verdict.state] += 1;
        openRuns += open;
        lateMs = Math.max(lateMs, verdict.lateMs ?? 0);
      }
    }
    const required = Object.values(counts).reduce((a, b) => a + b, 0);
    return {
      entityRef,
      at: this.#now(),
      facts: {
        requiredProcedures: required,
        metProcedures: counts.met + counts['due-soon'],
        missingProcedures: counts.missing,
        overdueProcedures: counts.overdue,
        dueSoonProcedures: counts['due-soon'],
        compliant: counts.missing + counts.overdue === 0,
        openRequiredRuns: openRuns,
        daysOverdue: Math.floor(lateMs / DAY_MS),
      },
    };
  }

  async #rows(
    request: ComplianceRequest,
    options: CallOptions,
  ): Promise<{ rows: ComplianceRow[]; truncated: boolean }> {
    const { sopRef, ownerRef, entityRef } = request;
    const now = this.#now();
    const rows: ComplianceRow[] = [];
    let truncated = false;
    for (const requirement of await this.#requirements.list(options)) {
      if (sopRef === undefined || sopRef === requirement.sopRef) {
        const runs = await runsByTarget(this.#knex, requirement.sopRef);
        const found = await this.#requirements.debtors(requirement, options);
        truncated ||= found.truncated;
        for (const debtor of found.debtors) {
          if (
            (ownerRef === undefined || ownerRef === debtor.ownerRef) &&
            (entityRef === undefined || entityRef === debtor.entityRef)
          ) {
            const { last, openRuns = 0 } = runs.get(debtor.entityRef) ?? {};
            rows.push({
              ...debtor,
              sopRef: requirement.sopRef,
              sopTitle: requirement.title,
              every: requirement.every,
              ...(last ? { lastCompletedAt: last } : {}),
              openRuns,
              ...complianceOf(requirement.every, last, now),
            });
          }
        }
      }
    }
    return { rows, truncated };
  }

  #since(days: number | undefined): number {
    return Date.parse(this.#now()) - readDays(days) * DAY_MS;
  }
}

function readDays(days = DEFAULT_DAYS): number {
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
    throw new InputError(
      `days is ${days}; allowed are whole numbers from 1 to ${MAX_DAYS}`,
    );
  }
  return days;
}

function readRef(path: string, ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `${path} is "${ref.slice(
        0,
        80,
      )}"; allowed is a full entity ref such as component:default/payments-api`,
    );
  }
}

function startOf(cursor: string | undefined): number {
  if (cursor === undefined) {
    return 0;
  }
  const [text] = decodeCursor('compliance', 1, cursor);
  if (!/^\d{1,7}$/.test(text)) {
    throw new InputError(
      'cursor holds no position; allowed is the nextCursor of an earlier page of the same list',
    );
  }
  return Number(text);
}

const optional = (value: number | string | null) =>
  value === null || value === undefined ? undefined : Number(value);

function toStepInsight(row: StepRow): StepInsightPage['items'][number] {
  const median = optional(row.median_total);
  const active = optional(row.median_active);
  return {
    stepId: row.step_id,
    stepName: row.step_name,
    stepType: row.step_type,
    ...(row.team ? { team: row.team } : {}),
    completed: Number(row.completed),
    failed: Number(row.failed),
    skipped: Number(row.skipped),
    medianMs: median,
    p90Ms: optional(row.p90_total),
    medianActiveMs: active,
  };
}
