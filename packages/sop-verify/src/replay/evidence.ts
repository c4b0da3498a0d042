import { Json, JsonObject } from './types';

const MAX_TEXT = 10_000;
const MAX_ALL = 262_144;

function webUrl(value: Json): boolean {
  if (typeof value !== 'string' || value.length > 2048) {
    return false;
  }
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** `kind:namespace/name`, the namespace may be left out. */
function entityRef(value: Json): boolean {
  if (typeof value !== 'string') {
    return false;
  }
  return /^[^:/]+:(?:[^:/]+\/)?[^:/]+$/.test(value.trim());
}

function accepts(field: any, value: Json): boolean {
  switch (field.kind) {
    case 'number':
      return (
        typeof value === 'number' &&
        (!field.integer || Number.isInteger(value)) &&
        value >= (field.minimum ?? -Infinity) &&
        value <= (field.maximum ?? Infinity)
      );
    case 'boolean':
      return typeof value === 'boolean' && (value || !field.mustBeTrue);
    case 'choice':
      return typeof value === 'string' && (field.options ?? []).includes(value);
    case 'url':
      return webUrl(value);
    case 'entity':
      return entityRef(value);
    case 'text':
      return (
        typeof value === 'string' &&
        value.length <= (field.maxLength ?? MAX_TEXT) &&
        !(field.required && value.trim() === '') &&
        (!field.pattern ||
          new RegExp(`^(?:${field.pattern})$`, 'u').test(value))
      );
    default:
      return false;
  }
}

/** What is wrong with the evidence of a step; nothing when it may stand. */
export function evidenceProblem(
  fields: any[],
  evidence: JsonObject,
): string | undefined {
  const unknown = Object.keys(evidence).find(
    id => !fields.some(field => field.id === id),
  );
  if (unknown !== undefined) {
    return `the step does not ask for "${unknown}"`;
  }
  if (JSON.stringify(evidence).length > MAX_ALL) {
    return 'it is too large';
  }
  for (const field of fields) {
    const value = evidence[field.id];
    if (value === undefined) {
      if (field.required) {
        return `"${field.id}" is required and missing`;
      }
    } else if (value === null || value === '' || !accepts(field, value)) {
      return `"${field.id}" is not what the step asks for`;
    }
  }
  return undefined;
}
