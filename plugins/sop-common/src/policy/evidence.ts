import { parseEntityRef } from '@backstage/catalog-model';
import { PolicyRevision } from '../model/policy';
import { EvidenceField } from '../model/types';

/**
 * Adds a required field. Where the step asks for the same thing already, that
 * field is made as strict as both; where the two cannot be said in one field,
 * the policy's is asked for beside it.
 */
export function tightenEvidence(
  fields: EvidenceField[],
  added: EvidenceField,
  policy: PolicyRevision,
): EvidenceField[] {
  const field = { ...added, required: true };
  const same = fields.find(({ id }) => id === field.id);
  if (!same) {
    return [...fields, field];
  }
  const both = intersect(same, field);
  if (both) {
    return fields.map(one => (one === same ? both : one));
  }
  const id = freeId(fields, field.id, policy);
  return [...fields, { ...field, id, name: field.name ?? field.id }];
}

/** One field that takes what both take; nothing when no field can say it. */
function intersect(
  a: EvidenceField,
  b: EvidenceField,
): EvidenceField | undefined {
  const oneSided = <K extends keyof EvidenceField>(key: K) =>
    a[key] === undefined || b[key] === undefined || a[key] === b[key];
  if (a.kind !== b.kind || !oneSided('pattern') || !oneSided('unit')) {
    return undefined;
  }
  const options =
    a.options && b.options
      ? a.options.filter(option => b.options?.includes(option))
      : a.options ?? b.options;
  if (options?.length === 0) {
    return undefined;
  }
  return withoutUndefined({
    ...b,
    ...a,
    required: true,
    pattern: a.pattern ?? b.pattern,
    maxLength: least(a.maxLength, b.maxLength),
    minimum: greatest(a.minimum, b.minimum),
    maximum: least(a.maximum, b.maximum),
    integer: a.integer || b.integer || undefined,
    mustBeTrue: a.mustBeTrue || b.mustBeTrue || undefined,
    options,
  });
}

function least(a?: number, b?: number): number | undefined {
  return a === undefined || b === undefined ? a ?? b : Math.min(a, b);
}

function greatest(a?: number, b?: number): number | undefined {
  return a === undefined || b === undefined ? a ?? b : Math.max(a, b);
}

function withoutUndefined(field: EvidenceField): EvidenceField {
  return Object.fromEntries(
    Object.entries(field).filter(([, value]) => value !== undefined),
  ) as unknown as EvidenceField;
}

/** `ticket` of the policy `payments` becomes `ticket_payments`. */
function freeId(
  fields: EvidenceField[],
  id: string,
  { ref }: PolicyRevision,
): string {
  const base = `${id}_${parseEntityRef(ref).name.replace(
    /[^a-zA-Z0-9_]/g,
    '_',
  )}`;
  const taken = new Set(fields.map(field => field.id));
  let free = base;
  for (let n = 2; taken.has(free); n++) {
    free = `${base}_${n}`;
  }
  return free;
}
