import { JsonObject, JsonValue } from '@backstage/types';
import { EvidenceField } from '@handrail/plugin-sop-common';
import fc from 'fast-check';
import { JSONSchema7 } from 'json-schema';

/** A text that matches, always the same. */
function matching(pattern: string): string {
  const [text] = fc.sample(fc.stringMatching(new RegExp(pattern)), {
    numRuns: 1,
    seed: 7,
  });
  return text;
}

/** Whole values must match a pattern of evidence, so it is anchored. */
function whole(pattern: string): string {
  return `^(?:${pattern.replace(/^\^|\$$/g, '')})$`;
}

/** A value that a piece of evidence accepts. */
export function guessEvidence(field: EvidenceField): JsonValue {
  switch (field.kind) {
    case 'number':
      return Math.max(field.minimum ?? 1, Math.min(1, field.maximum ?? 1));
    case 'boolean':
      return true;
    case 'url':
      return 'https://example.org/1';
    case 'choice':
      return field.options?.[0] ?? '';
    case 'entity':
      return 'component:default/shop';
    default:
      return field.pattern ? matching(whole(field.pattern)) : 'text';
  }
}

function guessInput(schema: JSONSchema7): JsonValue {
  if (schema.default !== undefined) {
    return schema.default as JsonValue;
  }
  if (schema.enum) {
    return schema.enum[0] as JsonValue;
  }
  switch (schema.type) {
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return schema.minimum ?? 1;
    case 'array':
      return [];
    default:
      return schema.pattern ? matching(schema.pattern) : 'Something to do';
  }
}

/** Inputs that a procedure accepts. */
export function guessInputs(schema: JSONSchema7 | undefined): JsonObject {
  const required = schema?.required ?? [];
  return Object.fromEntries(
    Object.entries(schema?.properties ?? {})
      .filter(
        ([name, property]) =>
          required.includes(name) ||
          (property as JSONSchema7).default !== undefined,
      )
      .map(([name, property]) => [name, guessInput(property as JSONSchema7)]),
  );
}
