import { validateSop } from '..';
import { Case, lines } from './__testUtils__/cases';
import { changed, Spec, TAG } from './__testUtils__/documents';

const weekly = { rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9', timezone: 'UTC' };
const schedule = (s: Spec, change: object = {}) => {
  s.schedule = { ...weekly, inputs: { ticket: 'OPS-1' }, ...change };
};

it('takes a schedule with everything', () => {
  expect(
    validateSop(
      changed(s =>
        schedule(s, {
          dtstart: '2026-11-30T09:00',
          exdate: ['2026-12-24', '2026-12-28T09:00'],
          overlap: 'queue',
          catchUp: 'PT2H',
          targets: { kind: 'Component', 'spec.lifecycle': 'production' },
        }),
      ),
    ),
  ).toEqual([]);
  expect(
    validateSop(
      changed(s => schedule(s, { targets: ['component:default/shop'] })),
    ),
  ).toEqual([]);
});

it.each<Case>([
  [
    'no rule',
    s => schedule(s, { rrule: undefined }),
    'spec.schedule.rrule: found nothing; allowed: text (is required)',
  ],
  [
    'a rule that is none',
    s => schedule(s, { rrule: 'every monday' }),
    'spec.schedule.rrule: the rule has the part "every monday"; allowed are FREQ, INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYDAY, BYHOUR, BYMINUTE, BYSECOND, BYSETPOS, WKST, each as NAME=value',
  ],
  [
    'a rule without occurrence',
    s => schedule(s, { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }),
    'spec.schedule.rrule: the rule "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" has no occurrence; allowed are rules that happen at least once',
  ],
  [
    'no zone',
    s => schedule(s, { timezone: 'Mars/Olympus' }),
    'spec.schedule.timezone: the time zone is "Mars/Olympus"; allowed is an IANA time zone such as "Europe/Berlin" or "UTC"',
  ],
  [
    'a start with an offset',
    s => schedule(s, { dtstart: '2026-11-30T09:00Z' }),
    'spec.schedule.dtstart: the start is "2026-11-30T09:00Z"; allowed are local times without offset such as "2026-11-30T14:00"',
  ],
  [
    'a catch-up that is none',
    s => schedule(s, { catchUp: '2 hours' }),
    'spec.schedule.catchUp: found "2 hours"; allowed: an ISO 8601 duration such as PT2H, from PT0S to P31D (is not how long a late occurrence can be started)',
  ],
  [
    'a catch-up of a year',
    s => schedule(s, { catchUp: 'P1Y' }),
    'spec.schedule.catchUp: found "P1Y"; allowed: an ISO 8601 duration such as PT2H, from PT0S to P31D (is not how long a late occurrence can be started)',
  ],
  [
    'an overlap that is none',
    s => schedule(s, { overlap: 'kill' }),
    'spec.schedule.overlap: found "kill"; allowed: skip, queue, allow (is not allowed)',
  ],
  [
    'an unknown operator',
    s => schedule(s, { targets: { kind: { $im: ['Component'] } } }),
    'spec.schedule.targets.kind.$im: found "$im"; allowed: $all, $any, $not, $exists, $in, $contains, $hasPrefix (unknown operator, did you mean "$in"?)',
  ],
  [
    'a short ref',
    s => schedule(s, { targets: ['shop'] }),
    'spec.schedule.targets[0]: found "shop"; allowed: an entity ref in full and in lower case, such as component:default/payments-api (is not an entity ref in full)',
  ],
  [
    'an input that is missing',
    s => schedule(s, { inputs: undefined }),
    'spec.schedule.inputs.ticket: found nothing; allowed: a value here, or a default in spec.inputs (is required, as nobody fills in the inputs of these runs)',
  ],
  [
    'an input that there is not',
    s => schedule(s, { inputs: { ticket: 'A-1', hotfx: true } }),
    'spec.schedule.inputs.hotfx: found "hotfx"; allowed: ticket, hotfix (this procedure has no such input, did you mean "hotfix"?)',
  ],
  [
    'work of the initiator',
    s => {
      schedule(s);
      s.steps[TAG].role = 'initiator';
    },
    'spec.steps[0].role: found "initiator"; allowed: another role (nobody has this role in a run that a schedule starts)',
  ],
])('refuses %s', (_, change, ...expected) => {
  expect(lines(change)).toEqual(expected);
});
