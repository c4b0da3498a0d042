import platform from './platform.json' with { type: 'json' };
import type {
  INormalizer,
  NormalizedEntity,
  NormalizedProperty,
  NormalizedRelation,
  RawEntity,
  RawProperty,
  RawRelation,
} from './types.ts';

const KINDS: Record<string, NormalizedEntity['kind']> = {
  task: 'work-item',
  project: 'project',
  member: 'person',
};

const RELATIONS: Record<string, NormalizedRelation['kind']> = {
  project: 'part-of',
  assignee: 'assigned-to',
};

/** A date, or a date and time, as ISO 8601 writes them. */
const DATE =
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Turns what this platform says into what all platforms mean. */
export class PlatformNormalizer implements INormalizer {
  normalizeEntity(raw: RawEntity): NormalizedEntity {
    return {
      key: [platform.name, raw.type, raw.id].map(encodeURIComponent).join(':'),
      kind: own(KINDS, raw.type) ?? 'other',
      source: { platform: platform.name, type: raw.type, id: raw.id },
      updatedAt: new Date(raw.updatedAt).toISOString(),
      properties: raw.properties.map(property =>
        this.normalizeProperty(property),
      ),
      relations: raw.relations.map(relation =>
        this.normalizeRelation(relation),
      ),
    };
  }

  normalizeProperty({ name, value }: RawProperty): NormalizedProperty {
    return { name: camelCase(name), value: simple(value) };
  }

  normalizeRelation({ kind, from, to }: RawRelation): NormalizedRelation {
    return { kind: own(RELATIONS, kind) ?? 'related-to', from, to };
  }
}

/** The value of a key that the table itself has, never one of `Object`. */
function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function camelCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+(\p{L}|\p{N})?/gu, (_, next: string = '') =>
      next.toUpperCase(),
    )
    .replace(/^\p{Lu}/u, first => first.toLowerCase());
}

function simple(value: unknown): NormalizedProperty['value'] {
  switch (typeof value) {
    case 'string':
      return DATE.test(value) && !Number.isNaN(Date.parse(value))
        ? new Date(value).toISOString()
        : value.trim();
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'boolean':
      return value;
    default:
      return value === null || value === undefined
        ? null
        : JSON.stringify(value);
  }
}
