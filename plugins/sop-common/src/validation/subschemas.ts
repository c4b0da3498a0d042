import { joinPath } from './problem';

/** A JSON Schema that is an object. */
export type Schema = Record<string, unknown>;

/** A schema inside another one, with its path in the document. */
export interface LocatedSchema {
  schema: Schema;
  path: string;
}

/** Hints for the form that the schema itself does not use. */
export const FORM_KEYWORDS = [
  'ui:autofocus',
  'ui:description',
  'ui:disabled',
  'ui:enumNames',
  'ui:field',
  'ui:help',
  'ui:options',
  'ui:order',
  'ui:placeholder',
  'ui:readonly',
  'ui:title',
  'ui:widget',
] as const;

const MAPS = ['properties', 'patternProperties', 'definitions', 'dependencies'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'items'];
const VALUES = [
  'items',
  'additionalItems',
  'additionalProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
];

/** Every keyword of JSON Schema draft 7, identification left out. */
export const SCHEMA_KEYWORDS = [
  ...new Set([...MAPS, ...LISTS, ...VALUES]),
  '$ref',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'readOnly',
  'writeOnly',
  'type',
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'format',
  'contentMediaType',
  'contentEncoding',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
  'required',
] as const;

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The schemas inside a schema, refs not followed: with depth 1 only its
 * children, else the schema itself and everything below. Data such as
 * `default` or `const` is not looked into.
 */
export function listSubschemas(
  schema: Schema,
  path: string,
  depth?: 1,
): LocatedSchema[] {
  const children: LocatedSchema[] = [];
  const add = (value: unknown, ...keys: Array<string | number>) => {
    if (isSchema(value)) {
      children.push({ schema: value, path: keys.reduce(joinPath, path) });
    }
  };
  for (const key of MAPS) {
    const map = schema[key];
    if (isSchema(map)) {
      Object.entries(map).forEach(([name, child]) => add(child, key, name));
    }
  }
  for (const key of LISTS) {
    const list = schema[key];
    if (Array.isArray(list)) {
      list.forEach((child, index) => add(child, key, index));
    }
  }
  VALUES.forEach(key => add(schema[key], key));
  return depth === 1
    ? children
    : [
        { schema, path },
        ...children.flatMap(child => listSubschemas(child.schema, child.path)),
      ];
}

/** The value at a JSON pointer; undefined when there is none. */
export function valueAt(pointer: string, root: unknown): unknown {
  let value = root;
  for (const key of pointerKeys(pointer)) {
    if (
      typeof value !== 'object' ||
      value === null ||
      !Object.hasOwn(value, key)
    ) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A JSON pointer as a path; digits are an index only in a list. */
export function pointerToPath(
  pointer: string,
  root: unknown,
  rootPath: string,
): string {
  let path = rootPath;
  let value = root;
  for (const key of pointerKeys(pointer)) {
    path = joinPath(path, Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return path;
}

function pointerKeys(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}
