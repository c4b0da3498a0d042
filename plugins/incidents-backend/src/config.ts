import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { BusinessCalendar } from '@handrail/calendar';
import {
  checkPolicy,
  DEFAULT_INCIDENT_POLICY,
  durationMillis,
  IncidentPolicy,
  ObligationRule,
  RoleDefinition,
  SeverityDefinition,
} from '@handrail/plugin-incidents-common';

/** Typed form of the `incidents` section of the configuration. */
export interface IncidentsConfig {
  policy: IncidentPolicy;
  /** Milliseconds between two looks for due duties. */
  cadence: number;
  alerts: {
    /** Labels or annotations that name the entity, the most telling first. */
    entityLabels: string[];
    groupBy: 'entity' | 'system';
    /** Severity of the incident by the alert's label `severity`. */
    severities: Record<string, string>;
  };
}

/** In the order in which they are looked at. */
export const DEFAULT_ENTITY_LABELS = [
  'entity_ref',
  'backstage_io_entity_ref',
  'component',
  'service',
];

const DEFAULT_ALERT_SEVERITIES: Record<string, string> = {
  page: 'SEV-1',
  critical: 'SEV-2',
  error: 'SEV-3',
  warning: 'SEV-3',
};

/**
 * Reads and checks the configuration of the plugin.
 * @throws InputError when a value is not allowed, naming its path, what was
 * found and what is allowed.
 */
export function readIncidentsConfig(root: Config): IncidentsConfig {
  const config = root.getOptionalConfig('incidents');
  const policy = readPolicy(config);
  return {
    policy,
    cadence: readCadence(config),
    alerts: {
      entityLabels:
        config?.getOptionalStringArray('alerts.entityLabels') ??
        DEFAULT_ENTITY_LABELS,
      groupBy: readGroupBy(config),
      severities: readAlertSeverities(config, policy),
    },
  };
}

function readPolicy(config: Config | undefined): IncidentPolicy {
  const base = DEFAULT_INCIDENT_POLICY;
  const severities =
    config?.getOptional<SeverityDefinition[]>('severities') ?? base.severities;
  const ids = severities.map(one => one.id);
  // Defaults hold for the severities that there are.
  const known = (list: string[]) => list.filter(id => ids.includes(id));
  return checkPolicy({
    severities,
    roles: config?.getOptional<RoleDefinition[]>('roles') ?? base.roles,
    obligations:
      config?.getOptional<ObligationRule[]>('obligations') ??
      base.obligations.map(rule => ({
        ...rule,
        severities: known(rule.severities),
      })),
    offerExpiry: config?.getOptionalString('offerExpiry') ?? base.offerExpiry,
    waiverNeedsSecond:
      config?.getOptionalStringArray('waiverNeedsSecond') ??
      known(base.waiverNeedsSecond),
    calendar: {
      ...base.calendar,
      ...config?.getOptional<Partial<BusinessCalendar>>('calendar'),
    },
  });
}

function readCadence(config: Config | undefined): number {
  const text = config?.getOptionalString('engine.cadence') ?? 'PT2S';
  const millis = durationMillis(text, 'incidents.engine.cadence');
  if (millis < 100 || millis > 5000) {
    throw new InputError(
      `incidents.engine.cadence is "${text}"; allowed are durations from PT0.1S to PT5S`,
    );
  }
  return millis;
}

function readGroupBy(config: Config | undefined): 'entity' | 'system' {
  const value = config?.getOptionalString('alerts.groupBy') ?? 'system';
  if (value !== 'entity' && value !== 'system') {
    throw new InputError(
      `incidents.alerts.groupBy is "${value}"; allowed are "entity" and "system"`,
    );
  }
  return value;
}

function readAlertSeverities(
  config: Config | undefined,
  policy: IncidentPolicy,
): Record<string, string> {
  const ids = policy.severities.map(one => one.id);
  const found =
    config?.getOptional<Record<string, string>>('alerts.severities');
  for (const [label, severity] of Object.entries(found ?? {})) {
    if (!ids.includes(severity)) {
      throw new InputError(
        `incidents.alerts.severities.${label} is ${JSON.stringify(
          severity,
        )}; allowed are ${ids.join(', ')}`,
      );
    }
  }
  return (
    found ??
    Object.fromEntries(
      Object.entries(DEFAULT_ALERT_SEVERITIES).filter(([, severity]) =>
        ids.includes(severity),
      ),
    )
  );
}
