import type { BusinessCalendar } from '@handrail/calendar';
import type { ObligationKind } from '../api/types';

/** One row of the severity table. @public */
export interface SeverityDefinition {
  id: string;
  title: string;
  definition: string;
  response: string;
  /** Entity ref of the procedure to start for it. */
  runbook?: string;
}

/** A role that people may hold in an incident. @public */
export interface RoleDefinition {
  id: string;
  title: string;
  description: string;
}

/**
 * Who is told. `responsible`: who has to do it; `commander`; `roles`: all role
 * holders; `owners`: of the affected entities; `declarer`; or an entity ref.
 * @public
 */
export type NotifyTarget = string;

/** Somebody more is told as time goes on after a breach. @public */
export interface EscalationLevel {
  /** ISO 8601 duration after the due time. */
  after: string;
  notify: NotifyTarget[];
}

/** A duty that comes with a severity. @public */
export interface ObligationRule {
  kind: Exclude<ObligationKind, 'offer'>;
  /** Severities it holds for. */
  severities: string[];
  /** An ISO 8601 duration, or a number of business days. */
  due: string | { businessDays: number };
  /** Part of the time after which there is a warning, above 0 and below 1. */
  warnAt?: number;
  /** By rising `after`; the first should be PT0S. */
  levels: EscalationLevel[];
}

/** Everything the rules of incidents are parametrised with. @public */
export interface IncidentPolicy {
  /** The gravest first. */
  severities: SeverityDefinition[];
  roles: RoleDefinition[];
  obligations: ObligationRule[];
  /** ISO 8601 duration after which an offered role that nobody answered is off the table. */
  offerExpiry: string;
  /** Severities whose review only two persons together can waive. */
  waiverNeedsSecond: string[];
  calendar: BusinessCalendar;
}

/** The role that every policy has. @public */
export const COMMANDER = 'commander';

/** Greatest length of a title, in characters. @public */
export const MAX_TITLE_LENGTH = 200;
/** Greatest length of any other text, in characters. @public */
export const MAX_TEXT_LENGTH = 10_000;
