import type { SopProblem } from '@handrail/plugin-sop-common';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import schema from '../schema/Tour.v1alpha1.schema.json';

let compiled: ValidateFunction | undefined;

/** What is wrong with the form of a document, by path. */
export function findShapeProblems(entity: unknown): SopProblem[] {
  compiled ??= new Ajv({ allErrors: true, verbose: true }).compile(schema);
  return compiled(entity) ? [] : (compiled.errors ?? []).map(toProblem);
}

function toProblem(error: ErrorObject): SopProblem {
  const path = toPath(error.instancePath);
  const { properties = {} } = error.parentSchema as {
    properties?: Record<string, { description?: string }>;
  };
  if (error.keyword === 'required') {
    const key: string = error.params.missingProperty;
    return {
      path: join(path, key),
      message: 'is required',
      found: 'nothing',
      allowed: properties[key]?.description ?? 'a value',
    };
  }
  if (error.keyword === 'additionalProperties') {
    const key: string = error.params.additionalProperty;
    return {
      path: join(path, key),
      message: 'unknown property',
      found: JSON.stringify(key),
      allowed: Object.keys(properties).join(', '),
    };
  }
  return {
    path,
    message: error.message ?? 'is not allowed',
    found: describeFound(error.data),
    allowed: describeAllowed(error),
  };
}

function describeAllowed(error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'const':
      return String(params.allowedValue);
    case 'enum':
      return params.allowedValues.join(', ');
    case 'pattern':
      return `text that matches ${params.pattern}`;
    case 'type':
      return String(params.type);
    default:
      return params.limit === undefined
        ? String(
            (error.parentSchema as { description?: string }).description ??
              'another value',
          )
        : `${params.comparison ?? 'a length with the limit'} ${params.limit}`;
  }
}

/** A value as a problem quotes it, cut to a readable length. */
export function describeFound(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === 'object' && value !== null) {
    return 'an object';
  }
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function toPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce(join, '');
}

function join(path: string, key: string): string {
  if (/^\d+$/.test(key)) {
    return `${path}[${key}]`;
  }
  return path === '' ? key : `${path}.${key}`;
}
