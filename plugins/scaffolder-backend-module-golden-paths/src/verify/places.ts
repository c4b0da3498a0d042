import { isCollection, isMap, isNode, Pair, YAMLMap } from 'yaml';
import { YamlDocument } from './Workspace';

/** Where something stands; both from 1. */
export interface Place {
  line?: number;
  column?: number;
}

/** The place of an offset. */
export function placeOf({ lines }: YamlDocument, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return line > 0 ? { line, column: col } : {};
}

/**
 * The place of a value. Of one that is missing: the place of the nearest thing
 * around it that is there. With `key`, of the key instead of its value.
 */
export function placeAt(
  yaml: YamlDocument,
  path: ReadonlyArray<string | number>,
  options: { key?: boolean } = {},
): Place {
  const { contents } = yaml.document;
  for (let length = path.length; length > 0; length--) {
    const parentPath = path.slice(0, length - 1);
    const last = path[length - 1];
    const parent = parentPath.length
      ? yaml.document.getIn(parentPath, true)
      : contents;
    if (options.key && length === path.length && isMap(parent)) {
      const key = keyNode(parent, String(last));
      if (key !== undefined) {
        return placeOf(yaml, key);
      }
    }
    const node = isCollection(parent)
      ? parent.get(asKey(parent, last), true)
      : undefined;
    if (isNode(node) && node.range) {
      return placeOf(yaml, node.range[0]);
    }
  }
  return isNode(contents) && contents.range
    ? placeOf(yaml, contents.range[0])
    : { line: 1, column: 1 };
}

/** The parts of a JSON pointer, `/spec/steps/0`. */
export function pointerParts(pointer: string): Array<string | number> {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(part => (/^(0|[1-9][0-9]*)$/.test(part) ? Number(part) : part));
}

/** The parts of a path as in `spec.steps[2].evidence[0].kind`. */
export function dottedParts(path: string): Array<string | number> {
  const parts: Array<string | number> = [];
  for (const match of path.matchAll(
    /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g,
  )) {
    const [, index, quoted, plain] = match;
    if (index !== undefined) {
      parts.push(Number(index));
    } else {
      parts.push(plain ?? JSON.parse(`"${quoted}"`));
    }
  }
  return parts;
}

/** What stands at a place of data. */
export function valueAt(
  value: unknown,
  path: ReadonlyArray<string | number>,
): unknown {
  return path.reduce<unknown>(
    (at, part) => (at as Record<string | number, unknown> | undefined)?.[part],
    value,
  );
}

const FOUND_LIMIT = 80;

/** A value as it is quoted in a finding, cut to a readable length. */
export function describe(value: unknown): string {
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
  return text.length > FOUND_LIMIT ? `${text.slice(0, FOUND_LIMIT)}…` : text;
}

/** A mapping's keys may be numbers; a sequence's are. */
function asKey(parent: unknown, key: string | number): string | number {
  return isMap(parent) && !parent.has(key) && parent.has(String(key))
    ? String(key)
    : key;
}

function keyNode(map: YAMLMap, name: string): number | undefined {
  const pair = map.items.find(
    (item: Pair) =>
      isNode(item.key) &&
      String((item.key as { value?: unknown }).value) === name,
  );
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
}
