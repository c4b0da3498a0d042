import type { EvidenceFieldView } from '@handrail/plugin-sop-common';
import type { JsonValue } from '@backstage/types';

/** What stands in the fields of a form, before it is checked. */
export type EvidenceDraft = Record<string, string | boolean | undefined>;

/** Why a field is not acceptable; `limit` is what would be. */
export interface EvidenceIssue {
  code:
    | 'required'
    | 'mustBeTrue'
    | 'number'
    | 'integer'
    | 'minimum'
    | 'maximum'
    | 'url'
    | 'pattern'
    | 'maxLength';
  limit?: string;
}

/** Greatest length of a text when the field names none. */
export const DEFAULT_MAX_LENGTH = 10_000;

function numberIssue(
  field: EvidenceFieldView,
  text: string,
): EvidenceIssue | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) {
    return { code: 'number' };
  }
  if (field.integer && !Number.isInteger(value)) {
    return { code: 'integer' };
  }
  if (field.minimum !== undefined && value < field.minimum) {
    return { code: 'minimum', limit: String(field.minimum) };
  }
  if (field.maximum !== undefined && value > field.maximum) {
    return { code: 'maximum', limit: String(field.maximum) };
  }
  return undefined;
}

function isUrl(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

function textIssue(
  field: EvidenceFieldView,
  text: string,
): EvidenceIssue | undefined {
  const limit = field.maxLength ?? DEFAULT_MAX_LENGTH;
  if (text.length > limit) {
    return { code: 'maxLength', limit: String(limit) };
  }
  if (field.pattern && !new RegExp(`^(?:${field.pattern})$`, 'u').test(text)) {
    return { code: 'pattern', limit: field.pattern };
  }
  return undefined;
}

function issueOf(
  field: EvidenceFieldView,
  value: string | boolean | undefined,
): EvidenceIssue | undefined {
  if (field.kind === 'boolean') {
    if (field.mustBeTrue && value !== true) {
      return { code: 'mustBeTrue' };
    }
    return field.required && value === undefined
      ? { code: 'required' }
      : undefined;
  }
  const text = typeof value === 'string' ? value.trim() : '';
  if (!text) {
    return field.required ? { code: 'required' } : undefined;
  }
  switch (field.kind) {
    case 'number':
      return numberIssue(field, text);
    case 'url':
      return isUrl(text) ? undefined : { code: 'url' };
    case 'text':
      return textIssue(field, text);
    default:
      return undefined;
  }
}

/**
 * Checks a form before it is sent, so that a person learns at once what the
 * back end would refuse. The back end still has the last word.
 */
export function evidenceIssues(
  fields: readonly EvidenceFieldView[],
  draft: EvidenceDraft,
): Record<string, EvidenceIssue> {
  const issues: Record<string, EvidenceIssue> = {};
  for (const field of fields) {
    const issue = issueOf(field, draft[field.id]);
    if (issue) {
      issues[field.id] = issue;
    }
  }
  return issues;
}

/** The typed values to send; empty fields are left out. */
export function evidenceValues(
  fields: readonly EvidenceFieldView[],
  draft: EvidenceDraft,
): Record<string, JsonValue> {
  const values: Record<string, JsonValue> = {};
  for (const field of fields) {
    const value = draft[field.id];
    if (value === undefined || value === '') {
      continue;
    }
    if (typeof value === 'boolean') {
      values[field.id] = value;
    } else if (field.kind === 'number') {
      values[field.id] = Number(value);
    } else {
      // Scripts and their output keep their own whitespace.
      values[field.id] = field.multiline ? value : value.trim();
    }
  }
  return values;
}
