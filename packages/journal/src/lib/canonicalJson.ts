import { InputError } from '@backstage/errors';
import canonicalize from 'canonicalize';

/** Deeper values are refused, which also stops cycles. */
const MAX_DEPTH = 200;

const ALLOWED =
  'allowed are null, booleans, finite numbers, well-formed strings, arrays and plain objects';

// In unicode mode this matches only surrogates without their partner.
const LONE_SURROGATE = /\p{Surrogate}/u;

const SIMPLE_KEY = /^[A-Za-z_$][\w$]*$/;

function refuse(path: string, found: string): never {
  throw new InputError(`${path} is ${found}; ${ALLOWED}`);
}

function childPath(path: string, key: string): string {
  return SIMPLE_KEY.test(key)
    ? `${path}.${key}`
    : `${path}[${JSON.stringify(key)}]`;
}

function describeObject(value: object): string {
  const name = value.constructor?.name;
  return name ? `an instance of ${name}` : 'not a plain object';
}

/**
 * Plain means: made by `{}`, `JSON.parse` or without prototype. The prototype's
 * own prototype is looked at, so objects of another realm count as well.
 */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function checkObject(value: object, path: string, depth: number): void {
  if (!isPlainObject(value)) {
    refuse(path, describeObject(value));
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    refuse(path, 'an object with a symbol as key');
  }
  for (const [key, child] of Object.entries(value)) {
    if (LONE_SURROGATE.test(key)) {
      refuse(childPath(path, key), 'named by a string with a lone surrogate');
    }
    // Paths cost more than the check itself, so they are only built for
    // values that can be refused or descended into.
    if (!isSoundScalar(child)) {
      checkValue(child, childPath(path, key), depth + 1);
    }
  }
}

function isSoundScalar(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'string':
      return !LONE_SURROGATE.test(value);
    default:
      return value === null;
  }
}

function checkValue(value: unknown, path: string, depth: number): void {
  if (isSoundScalar(value)) {
    return;
  }
  if (typeof value === 'string') {
    refuse(path, 'a string with a lone surrogate');
  }
  if (typeof value !== 'object' || value === null) {
    refuse(
      path,
      typeof value === 'number' || value === undefined
        ? String(value)
        : `a ${typeof value}`,
    );
  }
  if (depth >= MAX_DEPTH) {
    refuse(
      path.length > 120 ? `${path.slice(0, 120)}…` : path,
      `nested more than ${MAX_DEPTH} levels deep, or part of a cycle`,
    );
  }
  if (Array.isArray(value)) {
    // By index, because a hole must be seen as undefined.
    for (let i = 0; i < value.length; i++) {
      if (!isSoundScalar(value[i])) {
        checkValue(value[i], `${path}[${i}]`, depth + 1);
      }
    }
    return;
  }
  checkObject(value, path, depth);
}

/**
 * Writes a value as canonical JSON (RFC 8785, JCS): one text per value, equal
 * on every machine.
 *
 * What JSON would silently drop or change is refused instead, because a hash
 * over it would vouch for something that was never stored: undefined, NaN,
 * Infinity, functions, symbols, bigints, holes in arrays, class instances
 * (dates too), strings that are not well-formed Unicode, cycles, and more than
 * 200 levels of nesting.
 *
 * @param value - the value to write
 * @param path - what to call the value in error messages
 * @throws InputError naming the path of the first value that is not JSON
 * @public
 */
export function canonicalJson(value: unknown, path: string = '$'): string {
  checkValue(value, path, 0);
  // Defined for everything that passed the check.
  return canonicalize(value) as string;
}
