import { evaluateWindows } from '@handrail/calendar';
import { holds } from './expressions';
import { neededLock } from './locks';
import { TEXT } from './prediction';
import type { Replay } from './Replay';
import { Tightened } from './tighten';
import { Step, Window } from './types';

/**
 * A block as far as it can be foretold: the sentence is for people, and a policy
 * may have another name by now.
 */
interface Foretold extends Record<string, string | typeof TEXT | undefined> {
  kind: 'window' | 'policy' | 'lock';
  sentence: typeof TEXT;
  until?: string;
  ref: string | typeof TEXT;
}

/** How often windows of several policies are looked at for one opening. */
const MAX_LOOKS = 200;

/** What keeps a step, and which policies are among it, by their hashes. */
export interface Keeping {
  blocks: Foretold[];
  by: string[];
}

/**
 * What keeps a step now.
 * @param begun - it has begun, and windows that let it end do not count
 * @throws Error when a window, its `unless` or a lock cannot be evaluated
 */
export function blocksOf(
  replay: Replay,
  tightened: Tightened,
  begun: boolean,
): Keeping {
  const { skips = [] } = replay.step(tightened.step.id);
  const keeping = notSkipped(byWindows(replay, tightened, begun), skips);
  if (keeping.blocks.length > 0) {
    // Nobody waits for a lock while something else keeps the step.
    return keeping;
  }
  const key = neededLock(replay, tightened, begun);
  return key === undefined || skips.includes('lock')
    ? keeping
    : { blocks: [{ kind: 'lock', sentence: TEXT, ref: key }], by: [] };
}

/** What keeps a step although somebody skipped gates in an emergency. */
function notSkipped({ blocks, by }: Keeping, skips: string[]): Keeping {
  return {
    blocks: blocks.filter(({ kind }) => !skips.includes(kind)),
    by: skips.includes('policy') ? [] : by,
  };
}

function byWindows(
  replay: Replay,
  { step, windows }: Tightened,
  begun: boolean,
): Keeping {
  const { blocks } = byProcedure(replay, step, begun);
  const { at } = replay.cause;
  const shut = windows.filter(one => !evaluateWindows(one.windows, at).open);
  const by = shut.map(({ policy }) => policy.hash);
  if (by.length === 0) {
    return { blocks, by };
  }
  const until = allOpenAt(windows, at);
  const more = by.map(
    (): Foretold => ({
      kind: 'policy',
      sentence: TEXT,
      ...(until ? { until } : {}),
      ref: TEXT,
    }),
  );
  return { blocks: [...blocks, ...more], by };
}

/** Names of windows that were closed and did not count because of `unless`. */
export function bypassed(
  replay: Replay,
  step: Step,
  begun: boolean,
): string[] | undefined {
  const names = byProcedure(replay, step, begun).bypassed;
  return names.length ? names : undefined;
}

/** Closed windows of a step that somebody wants to end. */
export function closedWindows(replay: Replay, step: Step): string[] {
  return byProcedure(replay, step, true).blocks.map(({ ref }) => String(ref));
}

function byProcedure(
  replay: Replay,
  step: Step,
  begun: boolean,
): { blocks: Foretold[]; bypassed: string[] } {
  const windows = (replay.procedure.windows ?? []).filter(
    one => step.windows?.includes(one.name) && !(begun && one.overrun),
  );
  if (windows.length === 0) {
    return { blocks: [], bypassed: [] };
  }
  const { at } = replay.cause;
  const context = replay.context();
  const waived = windows.filter(
    ({ unless }) => unless !== undefined && holds(unless, context),
  );
  // Where one of the allow windows need not be open, none need.
  const free = waived.some(({ effect }) => effect === 'allow');
  const counted = windows.filter(
    one => !waived.includes(one) && !(free && one.effect === 'allow'),
  );
  const blocks = closed(counted, at);
  if (blocks.length > 0 || waived.length === 0) {
    return { blocks, bypassed: [] };
  }
  const names = closed(windows, at).map(({ ref }) => String(ref));
  return {
    blocks,
    bypassed: names.filter(name => waived.some(one => one.name === name)),
  };
}

function closed(windows: Window[], at: string): Foretold[] {
  const { blocking, opensAt } = evaluateWindows(windows, at);
  return blocking.map(({ name }) => ({
    kind: 'window',
    sentence: TEXT,
    ...(opensAt ? { until: opensAt } : {}),
    ref: String(name),
  }));
}

/** When the windows of all policies are open together. */
function allOpenAt(
  policies: Tightened['windows'],
  from: string,
): string | undefined {
  let at: string | undefined = from;
  for (let look = 0; look < MAX_LOOKS && at !== undefined; look++) {
    const next = nextLook(policies, at);
    if (next === at) {
      return at;
    }
    at = next;
  }
  return undefined;
}

/** The same time when all are open, else the latest of their openings. */
function nextLook(
  policies: Tightened['windows'],
  at: string,
): string | undefined {
  const opens = policies
    .map(({ windows }) => evaluateWindows(windows, at))
    .filter(({ open }) => !open)
    .map(({ opensAt }) => opensAt);
  if (opens.length === 0) {
    return at;
  }
  return opens.includes(undefined)
    ? undefined
    : (opens as string[]).sort()[opens.length - 1];
}
