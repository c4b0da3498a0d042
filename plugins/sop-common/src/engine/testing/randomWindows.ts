import { SopWindow } from '../../model/types';
import { Random } from './Random';

const hours = (list: string, minute: number) =>
  `FREQ=DAILY;BYHOUR=${list};BYMINUTE=${minute};BYSECOND=0`;

/** Windows that open and close while a random run goes on. */
export function randomWindows(random: Random): SopWindow[] {
  if (random.chance(0.4)) {
    return [];
  }
  const unless = () =>
    random.chance(0.4)
      ? {
          unless: random.pick([
            'inputs.flag',
            '!inputs.flag',
            random.chance(0.1) ? 'inputs.nothing.more' : 'inputs.count > 3.0',
          ]),
        }
      : {};
  return [
    {
      name: 'open',
      effect: 'allow' as const,
      rrule: hours('9,10,12,14,15', 0),
      duration: random.pick(['PT40M', 'PT1H']),
      timezone: 'Etc/UTC',
      ...unless(),
    },
    {
      name: 'late',
      effect: 'allow' as const,
      rrule: hours('11', 30),
      duration: 'PT4H',
      timezone: 'Europe/Berlin',
      ...(random.chance(0.5) ? { overrun: true } : {}),
    },
    {
      name: 'freeze',
      effect: 'deny' as const,
      rrule: hours('9,10,11,13', 20),
      duration: 'PT15M',
      timezone: 'Etc/UTC',
      ...unless(),
      ...(random.chance(0.5) ? { overrun: true } : {}),
    },
  ].filter(() => random.chance(0.7));
}
