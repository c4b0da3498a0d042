import type { JSONSchema7 } from 'json-schema';
import { OpenSloKind } from './types';
import { DURATION_PATTERN } from './duration';

/**
 * Structure of OpenSLO v1 documents, by kind. What the published JSON schema
 * lacks and the specification has (`RatioTimeslices`, `targetPercent`, raw
 * ratios) is in it.
 */
const name: JSONSchema7 = { type: 'string', minLength: 1, maxLength: 255 };
const text: JSONSchema7 = { type: 'string', maxLength: 1050 };
const duration: JSONSchema7 = { type: 'string', pattern: DURATION_PATTERN };
const flag: JSONSchema7 = { type: 'boolean' };

const metricSource: JSONSchema7 = {
  type: 'object',
  required: ['spec'],
  properties: {
    metricSourceRef: name,
    type: { type: 'string', minLength: 1 },
    spec: { type: 'object' },
  },
};

const metric: JSONSchema7 = {
  type: 'object',
  required: ['metricSource'],
  properties: { metricSource },
};

const sliSpec: JSONSchema7 = {
  type: 'object',
  properties: {
    description: text,
    thresholdMetric: metric,
    ratioMetric: {
      type: 'object',
      properties: {
        counter: flag,
        good: metric,
        bad: metric,
        total: metric,
        raw: metric,
        rawType: { enum: ['success', 'failure'] },
      },
    },
  },
};

const indicator: JSONSchema7 = {
  type: 'object',
  required: ['spec'],
  properties: { spec: sliSpec, metadata: { type: 'object' } },
};

const objective: JSONSchema7 = {
  type: 'object',
  properties: {
    displayName: { type: 'string', minLength: 1 },
    op: { enum: ['lte', 'gte', 'lt', 'gt'] },
    value: { type: 'number' },
    target: { type: 'number', minimum: 0, exclusiveMaximum: 1 },
    targetPercent: { type: 'number', minimum: 0, exclusiveMaximum: 100 },
    timeSliceTarget: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    timeSliceWindow: {
      type: ['string', 'number'],
      pattern: DURATION_PATTERN,
      exclusiveMinimum: 0,
    },
    indicator,
    indicatorRef: name,
    compositeWeight: { type: 'number', exclusiveMinimum: 0 },
  },
};

const timeWindow: JSONSchema7 = {
  type: 'object',
  required: ['duration'],
  properties: {
    duration,
    isRolling: flag,
    calendar: {
      type: 'object',
      required: ['startTime', 'timeZone'],
      properties: {
        startTime: {
          type: 'string',
          pattern:
            '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01]) ([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$',
        },
        timeZone: { type: 'string', minLength: 1 },
      },
    },
  },
};

const condition: JSONSchema7 = {
  type: 'object',
  properties: {
    kind: { enum: ['burnrate'] },
    op: { enum: ['lte', 'gte', 'lt', 'gt'] },
    threshold: { type: 'number' },
    lookbackWindow: duration,
    alertAfter: duration,
  },
  required: ['kind', 'op', 'threshold', 'lookbackWindow', 'alertAfter'],
};

const SPECS: Record<OpenSloKind, JSONSchema7> = {
  SLO: {
    type: 'object',
    required: ['service', 'budgetingMethod', 'objectives'],
    properties: {
      description: text,
      service: name,
      indicator,
      indicatorRef: name,
      timeWindow: { type: ['array', 'null'], maxItems: 1, items: timeWindow },
      budgetingMethod: {
        enum: ['Occurrences', 'Timeslices', 'RatioTimeslices'],
      },
      objectives: { type: 'array', minItems: 1, items: objective },
      alertPolicies: {
        type: ['array', 'null'],
        items: { type: ['string', 'object'] },
      },
    },
  },
  SLI: sliSpec,
  Service: {
    type: ['object', 'null'],
    properties: { description: text },
  },
  DataSource: {
    type: 'object',
    required: ['type', 'connectionDetails'],
    properties: {
      description: text,
      type: { type: 'string', minLength: 1 },
      connectionDetails: { type: 'object' },
    },
  },
  AlertCondition: {
    type: 'object',
    required: ['severity', 'condition'],
    properties: { description: text, severity: { type: 'string' }, condition },
  },
  AlertNotificationTarget: {
    type: 'object',
    required: ['target'],
    properties: { description: text, target: { type: 'string' } },
  },
  AlertPolicy: {
    type: 'object',
    required: ['conditions', 'notificationTargets'],
    properties: {
      description: text,
      alertWhenNoData: flag,
      alertWhenResolved: flag,
      alertWhenBreaching: flag,
      conditions: {
        type: 'array',
        minItems: 1,
        maxItems: 1,
        items: {
          type: 'object',
          properties: {
            conditionRef: name,
            kind: { const: 'AlertCondition' },
            spec: {
              type: 'object',
              required: ['severity', 'condition'],
              properties: { condition },
            },
          },
        },
      },
      notificationTargets: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            targetRef: name,
            kind: { const: 'AlertNotificationTarget' },
            spec: {
              type: 'object',
              required: ['target'],
              properties: { target: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};

const metadata: JSONSchema7 = {
  type: 'object',
  required: ['name'],
  properties: {
    name,
    displayName: { type: 'string', minLength: 1 },
    labels: {
      type: 'object',
      additionalProperties: {
        type: ['string', 'array'],
        items: { type: 'string' },
      },
    },
    annotations: {
      type: 'object',
      additionalProperties: { type: 'string' },
    },
  },
};

/** JSON schema of documents of one kind. */
export function documentSchema(kind: OpenSloKind): JSONSchema7 {
  return {
    type: 'object',
    required: kind === 'Service' ? ['metadata'] : ['metadata', 'spec'],
    properties: { metadata, spec: SPECS[kind] },
  };
}
