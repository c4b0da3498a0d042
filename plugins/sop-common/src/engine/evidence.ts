import { parseEntityRef } from '@backstage/catalog-model';
import { JsonValue } from '@backstage/types';
import { EvidenceField } from '../model/types';

/** One reason why evidence is refused. @public */
export interface EvidenceProblem {
  /** `evidence.<id>`. */
  path: string;
  message: string;
  found?: string;
  allowed?: string;
}

/** Greatest text length when a field names none, in characters. @public */
export const DEFAULT_TEXT_LENGTH = 10_000;
/** Greatest size of all evidence of one step, in characters of its JSON. @public */
export const MAX_EVIDENCE_SIZE = 262_144;

function show(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/**
 * Checks evidence against the fields of a step. Returns every problem; none
 * means that it may be recorded.
 * @public
 */
export function checkEvidence(
  fields: EvidenceField[],
  evidence: Record<string, JsonValue>,
): EvidenceProblem[] {
  const problems: EvidenceProblem[] = [];
  for (const id of Object.keys(evidence)) {
    if (!fields.some(field => field.id === id)) {
      problems.push({
        path: `evidence.${id}`,
        message: 'This step does not ask for it',
        found: id,
        allowed: fields.map(field => field.id).join(', ') || 'nothing',
      });
    }
  }
  const size = JSON.stringify(evidence).length;
  if (size > MAX_EVIDENCE_SIZE) {
    problems.push({
      path: 'evidence',
      message: 'Too large; keep it elsewhere and give a link',
      found: `${size} characters`,
      allowed: `at most ${MAX_EVIDENCE_SIZE}`,
    });
    return problems;
  }
  for (const field of fields) {
    const value = evidence[field.id];
    const path = `evidence.${field.id}`;
    if (isEmpty(value)) {
      if (field.required) {
        problems.push({
          path,
          message: 'Required',
          found: 'nothing',
          allowed: describe(field),
        });
      }
    } else {
      const message = fieldProblem(field, value);
      if (message) {
        problems.push({
          path,
          message,
          found: show(value),
          allowed: describe(field),
        });
      }
    }
  }
  return problems;
}

/** What a field takes, in words. @public */
export function describe(field: EvidenceField): string {
  switch (field.kind) {
    case 'number': {
      const range = [
        field.minimum !== undefined ? `at least ${field.minimum}` : '',
        field.maximum !== undefined ? `at most ${field.maximum}` : '',
      ].filter(Boolean);
      return [
        field.integer ? 'a whole number' : 'a number',
        ...range,
        ...(field.unit ? [`in ${field.unit}`] : []),
      ].join(' ');
    }
    case 'boolean':
      return field.mustBeTrue ? 'a confirmation' : 'yes or no';
    case 'url':
      return 'a link beginning with http:// or https://';
    case 'choice':
      return `one of ${(field.options ?? []).join(', ')}`;
    case 'entity':
      return 'an entity ref such as component:default/name';
    default:
      return field.pattern
        ? `text that matches ${field.pattern}`
        : `text of at most ${
            field.maxLength ?? DEFAULT_TEXT_LENGTH
          } characters`;
  }
}

function fieldProblem(
  field: EvidenceField,
  value: JsonValue,
): string | undefined {
  switch (field.kind) {
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        return 'Not a number';
      }
      if (field.integer && !Number.isInteger(value)) {
        return 'Not a whole number';
      }
      if (field.minimum !== undefined && value < field.minimum) {
        return 'Too small';
      }
      return field.maximum !== undefined && value > field.maximum
        ? 'Too large'
        : undefined;
    case 'boolean':
      if (typeof value !== 'boolean') {
        return 'Not yes or no';
      }
      return field.mustBeTrue && !value ? 'Must be confirmed' : undefined;
    case 'choice':
      return typeof value === 'string' && field.options?.includes(value)
        ? undefined
        : 'Not one of the options';
    case 'url':
      return isWebUrl(value) ? undefined : 'Not a link';
    case 'entity':
      return isEntityRef(value) ? undefined : 'Not an entity ref';
    default:
      return textProblem(field, value);
  }
}

function textProblem(
  field: EvidenceField,
  value: JsonValue,
): string | undefined {
  if (typeof value !== 'string') {
    return 'Not text';
  }
  if (value.length > (field.maxLength ?? DEFAULT_TEXT_LENGTH)) {
    return `Too long: ${value.length} characters`;
  }
  if (field.required && value.trim() === '') {
    return 'Only spaces';
  }
  return field.pattern && !new RegExp(`^(?:${field.pattern})$`, 'u').test(value)
    ? 'Does not match the pattern'
    : undefined;
}

function isWebUrl(value: JsonValue): boolean {
  if (typeof value !== 'string' || value.length > 2048) {
    return false;
  }
  try {
    return ['http:', 'https:'].includes(new URL(value).protocol);
  } catch {
    return false;
  }
}

function isEntityRef(value: JsonValue): boolean {
  if (typeof value !== 'string') {
    return false;
  }
  try {
    parseEntityRef(value);
    return true;
  } catch {
    return false;
  }
}
