import { readNotes } from '../log/checkpoints';
import { Violation } from '../replay/types';
import { Bundle } from './Bundle';
import { Journal } from './journal';

/** How long an event may take to get into the log, besides the log's own pauses. */
const SLACK_MS = 600_000;

const cache = new WeakMap<object, Array<{ size: number; at: number }>>();

/** Checkpoints of the bundle by size, with their times. */
function checkpoints(bundle: Bundle): Array<{ size: number; at: number }> {
  let known = cache.get(bundle);
  if (!known) {
    known = readNotes(bundle.text('log/history.txt'))
      .flatMap(({ size, at }) => (at ? [{ size, at: Date.parse(at) }] : []))
      .sort((one, other) => one.size - other.size);
    cache.set(bundle, known);
  }
  return known;
}

/**
 * An event that got into the log after a checkpoint cannot be much older than
 * that checkpoint.
 * @throws Violation when one was backdated
 */
export function checkDates(
  bundle: Bundle,
  journal: Journal,
  places: readonly number[],
): void {
  const known = checkpoints(bundle);
  let k = 0;
  let floor = -Infinity;
  // Places grow with the events of a run, so one pass is enough.
  journal.events.forEach((event, i) => {
    while (k < known.length && known[k].size <= places[i]) {
      floor = Math.max(floor, known[k].at);
      k += 1;
    }
    if (Date.parse(event.at) < floor - SLACK_MS) {
      throw new Violation(
        'backdated',
        event.seq,
        `Event ${event.seq} is dated ${
          event.at
        }, but was not in the log yet at ${new Date(floor).toISOString()}`,
      );
    }
  });
}
