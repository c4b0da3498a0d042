import {
  ConnectorError,
  PROPERTY_TYPES,
  type PlatformSchema,
  type PropertySchema,
  type RawEntity,
  type RawProperty,
  type RawRelation,
} from './types.ts';

/**
 * What the platform answers is checked before it is used: a platform that changes
 * its format stops an export with the place, and not with an `undefined` later on.
 */
function fail(path: string, found: unknown, allowed: string): never {
  const text = JSON.stringify(found)?.slice(0, 80) ?? 'nothing';
  throw new ConnectorError(
    'invalid-answer',
    `${path}: found ${text}, allowed is ${allowed}`,
  );
}

type Fields = Record<string, unknown>;

function object(path: string, value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : fail(path, value, 'an object');
}

function list(path: string, value: unknown): unknown[] {
  return Array.isArray(value) ? value : fail(path, value, 'a list');
}

function text(path: string, value: unknown): string {
  return typeof value === 'string' && value !== ''
    ? value
    : fail(path, value, 'a text');
}

export function parseToken(answer: unknown): string {
  return text('access_token', object('answer', answer).access_token);
}

export function parseSchema(answer: unknown): PlatformSchema {
  const { version, types } = object('schema', answer);
  return {
    version: text('version', version),
    types: list('types', types).map((value, index) => {
      const path = `types[${index}]`;
      const { type, properties } = object(path, value);
      return {
        type: text(`${path}.type`, type),
        properties: list(`${path}.properties`, properties).map((own, at) =>
          parsePropertySchema(`${path}.properties[${at}]`, own),
        ),
      };
    }),
  };
}

function parsePropertySchema(path: string, value: unknown): PropertySchema {
  const { name, type, required } = object(path, value);
  const known = PROPERTY_TYPES.find(candidate => candidate === type);
  return {
    name: text(`${path}.name`, name),
    type: known ?? fail(`${path}.type`, type, PROPERTY_TYPES.join(', ')),
    required: required === true,
  };
}

export function parseEntity(answer: unknown, path = 'entity'): RawEntity {
  const fields = object(path, answer);
  const id = text(`${path}.id`, fields.id);
  const updatedAt = text(`${path}.updatedAt`, fields.updatedAt);
  if (Number.isNaN(Date.parse(updatedAt))) {
    fail(`${path}.updatedAt`, updatedAt, 'a date and time');
  }
  const properties = object(`${path}.properties`, fields.properties);
  return {
    id,
    type: text(`${path}.type`, fields.type),
    updatedAt,
    properties: Object.entries(properties).map(
      ([name, value]): RawProperty => ({ name, value }),
    ),
    relations: list(`${path}.links`, fields.links).map((link, index) =>
      parseRelation(`${path}.links[${index}]`, id, link),
    ),
  };
}

function parseRelation(
  path: string,
  from: string,
  value: unknown,
): RawRelation {
  const { kind, to } = object(path, value);
  return { kind: text(`${path}.kind`, kind), from, to: text(`${path}.to`, to) };
}

/** One page of entities; `next` leads to the one after it. */
export function parsePage(answer: unknown): {
  items: RawEntity[];
  next?: string;
} {
  const { items, next } = object('page', answer);
  return {
    items: list('items', items).map((item, index) =>
      parseEntity(item, `items[${index}]`),
    ),
    ...(next === null || next === undefined
      ? {}
      : { next: text('next', next) }),
  };
}
