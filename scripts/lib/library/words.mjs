/** Turns values of a procedure into words. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../paths.mjs';

const require = createRequire(join(root, 'plugins/sop-common/package.json'));
const { Duration } = require('luxon');

/** "2 hours", "5 business days". */
export function duration(text) {
  const parsed = Duration.fromISO(text);
  if (!parsed.isValid) return `\`${text}\``;
  return Object.entries(parsed.toObject())
    .filter(([, count]) => count > 0)
    .map(
      ([unit, count]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`,
    )
    .join(' ');
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon, Tue" for ISO weekdays; Monday to Friday where there are none. */
export function weekdays(list = [1, 2, 3, 4, 5]) {
  return list.map(day => DAYS[day - 1]).join(', ');
}

/** The last part of an entity ref. */
export function shortRef(ref) {
  return ref.replace(/^[a-z]+:(default\/)?/, '');
}

/** Expressions of a text become what they stand for. */
export function plain(text, spec) {
  const names = new Map(
    JSON.stringify(spec)
      .matchAll(/"id":"([^"]+)","type":"[a-zA-Z]+","name":"([^"]+)"/g)
      .map(([, id, name]) => [id, name]),
  );
  return text
    .replace(/\$\{\{\s*target\.(name|entityRef)\s*\}\}/g, '‹the target›')
    .replace(/\$\{\{\s*inputs\.(\w+)\s*\}\}/g, '‹$1›')
    .replace(
      /\$\{\{\s*steps(?:\.(\w+)|\[["']([\w-]+)["']\])\.evidence\.(\w+)\s*\}\}/g,
      (_, a, b, field) => `‹${field} of “${names.get(a ?? b) ?? a ?? b}”›`,
    )
    .replace(/\$\{\{\s*evidence\.(\w+)\s*\}\}/g, '‹$1›')
    .replace(/\$\{\{\s*([^}]+?)\s*\}\}/g, '‹$1›');
}

/** Text in a cell of a table. */
export function cell(text) {
  return String(text).trim().replace(/\|/g, '\\|').replace(/\n+/g, ' ');
}
