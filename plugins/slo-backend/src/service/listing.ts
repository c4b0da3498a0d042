import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ListSlosRequest,
  SloPage,
  SloStatus,
} from '@handrail/plugin-slo-common';
import { StoredSlo } from '../database';
import { currentStatus, toSummary, ViewOptions } from './views';

/** The worst first. */
const ORDER: SloStatus[] = [
  'exhausted',
  'caution',
  'unknown',
  'no-data',
  'healthy',
];

const DEFAULT_LIMIT = 50;

type Place = [rank: number, title: string, ref: string];

/**
 * One page of what matches.
 * @throws InputError when a ref or the cursor is not well formed
 */
export function toPage(
  slos: StoredSlo[],
  request: ListSlosRequest,
  options: ViewOptions,
): SloPage {
  const entityRef =
    request.entityRef && readRef('entityRef', request.entityRef);
  const owners = request.owner?.map(owner => readRef('owner', owner));
  const words = (request.q ?? '')
    .toLocaleLowerCase('en-US')
    .split(/\s+/)
    .filter(word => word !== '');
  const matches = slos
    .filter(
      ({ definition }) =>
        (!entityRef || sameRef(definition.entityRef, entityRef)) &&
        (!owners?.length ||
          owners.some(owner => sameRef(definition.owner, owner))) &&
        words.every(word => textOf(definition).includes(word)),
    )
    .map(slo => ({ slo, status: currentStatus(slo, options) }));
  const totals = {
    healthy: 0,
    caution: 0,
    exhausted: 0,
    'no-data': 0,
    unknown: 0,
  };
  matches.forEach(({ status }) => {
    totals[status] += 1;
  });
  const placed = matches
    .filter(
      ({ status }) =>
        !request.status?.length || request.status.includes(status),
    )
    .map(({ slo, status }) => ({
      slo,
      place: [
        ORDER.indexOf(status),
        slo.definition.title,
        slo.definition.ref,
      ] as Place,
    }))
    .sort((a, b) => compare(a.place, b.place));
  const after = request.cursor ? readCursor(request.cursor) : undefined;
  const rest = after
    ? placed.filter(({ place }) => compare(place, after) > 0)
    : placed;
  const limit = request.limit ?? DEFAULT_LIMIT;
  const items = rest.slice(0, limit);
  return {
    items: items.map(({ slo }) => toSummary(slo, options)),
    total: placed.length,
    totals,
    ...(rest.length > limit
      ? { nextCursor: writeCursor(items[items.length - 1].place) }
      : {}),
  };
}

function compare(a: Place, b: Place): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) {
      return a[i] < b[i] ? -1 : 1;
    }
  }
  return 0;
}

function sameRef(one: string | undefined, other: string): boolean {
  return one !== undefined && one.toLocaleLowerCase('en-US') === other;
}

function textOf(definition: StoredSlo['definition']): string {
  const { title, name, service, entityRef = '' } = definition;
  return [title, name, service, entityRef]
    .join('\n')
    .toLocaleLowerCase('en-US');
}

function readRef(parameter: string, text: string): string {
  try {
    const ref = parseEntityRef(text, {
      defaultKind: parameter === 'owner' ? 'Group' : undefined,
    });
    return stringifyEntityRef(ref);
  } catch {
    throw new InputError(
      `${parameter}: found ${JSON.stringify(
        text,
      )}; allowed: an entity ref such as component:default/name`,
    );
  }
}

function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readCursor(cursor: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const [rank, title, ref] = place;
    if (
      typeof rank === 'number' &&
      typeof title === 'string' &&
      typeof ref === 'string'
    ) {
      return [rank, title, ref];
    }
  } catch {
    // Told below.
  }
  throw new InputError(
    `cursor: found ${JSON.stringify(
      cursor,
    )}; allowed: the nextCursor of the page before`,
  );
}
