import { formatProblem, validateSop } from '.';
import { Case, lines } from './__testUtils__/cases';
import {
  changed,
  GO,
  HANDOVER,
  OBSERVE,
  SOAK,
  Step,
  CHECK,
  TAG,
} from './__testUtils__/documents';

const MONDAYS = 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0;BYSECOND=0';
const window = (more: object = {}) => ({
  name: 'hours',
  effect: 'allow',
  rrule: MONDAYS,
  timezone: 'Etc/UTC',
  duration: 'PT4H',
  ...more,
});
const duration =
  'an ISO 8601 duration such as PT30M, more than zero and at most 366 days';

describe('what has to do with calendars', () => {
  it('is accepted when it is sound', () => {
    expect(
      lines(s => {
        s.windows = [
          window({ unless: 'inputs.hotfix', overrun: true }),
          window({
            name: 'freeze',
            effect: 'deny',
            rrule: MONDAYS.replace('MO', 'TU'),
            dtstart: '2026-11-02T14:00',
          }),
        ];
        s.calendars = {
          office: {
            timezone: 'Europe/Berlin',
            workdays: [1, 2, 3, 4, 5],
            hours: { from: '09:00', to: '17:00' },
            holidays: [{ date: '2026-12-25', name: 'Christmas' }],
          },
        };
        (s.roles as any).captain.rotate = 'P1W';
        (s.roles as any).approver.rotate = {
          every: 'P1D',
          from: '2026-11-02T09:00',
          timezone: 'Europe/Berlin',
        };
        s.steps[TAG].windows = ['hours', 'freeze'];
        s.steps[TAG].every = 'PT30M';
        s.steps[SOAK].guard = {
          action: 'prometheus:query',
          input: { ref: 'errors' },
          expect: 'output.value < 0.01',
          message: 'Rate ${{ output.value }}',
          every: 'PT1M',
          timeout: 'PT10S',
          retry: { limit: 2, backoff: 'PT5S' },
        };
        s.steps[CHECK].maxAge = 'PT10M';
        s.steps[GO].deadline = {
          startWithin: 'PT15M',
          completeWithin: 'PT30M',
          escalations: [
            {
              after: 'PT15M',
              to: 'group:default/ops-leads',
              action: 'widen',
              unlessStarted: true,
            },
          ],
          onTimeout: 'reject',
        };
        s.steps[HANDOVER].deadline = {
          completeWithin: 'P5D',
          calendar: 'office',
          onTimeout: 'return',
        };
        (s.steps[OBSERVE].branches as Step[])[1].every = 'PT30M';
      }),
    ).toEqual([]);
  });

  it.each<Case>([
    [
      'a window without name',
      s => {
        s.windows = [window({ name: undefined })];
        delete (s.windows as any)[0].name;
      },
      'spec.windows[0].name: found nothing; allowed: text that matches ^[a-zA-Z][a-zA-Z0-9_-]*$ (is required)',
    ],
    [
      'an effect that is none',
      s => {
        s.windows = [window({ effect: 'alow' })];
      },
      'spec.windows[0].effect: found "alow"; allowed: allow, deny (is not allowed, did you mean "allow"?)',
    ],
    [
      'two windows of one name',
      s => {
        s.windows = [window(), window()];
      },
      'spec.windows[1].name: found "hours"; allowed: a name that no other window has (duplicate name, first used at spec.windows[0].name)',
    ],
    [
      'a window that a step names and nobody knows',
      s => {
        s.windows = [window()];
        s.steps[TAG].windows = ['hour'];
      },
      'spec.steps[0].windows[0]: found "hour"; allowed: hours (unknown window, did you mean "hours"?)',
    ],
    [
      'a window where there are none',
      s => {
        s.steps[TAG].windows = ['hours'];
      },
      'spec.steps[0].windows[0]: found "hours"; allowed: none, spec.windows is missing (unknown window)',
    ],
    [
      'an exception that looks at steps',
      s => {
        s.windows = [window({ unless: "steps.tag.status == 'completed'" })];
      },
      'spec.windows[0].unless: found "steps.tag.status == \'completed\'"; allowed: inputs, target, run (unknown variable "steps")',
    ],
    [
      'an exception that is no condition',
      s => {
        s.windows = [window({ unless: "'yes'" })];
      },
      'spec.windows[0].unless: found "\'yes\'"; allowed: an expression that is true or false (gives string)',
    ],
    [
      'a deadline that says nothing',
      s => {
        s.steps[TAG].deadline = { onTimeout: 'none' };
      },
      'spec.steps[0].deadline: found onTimeout; allowed: at least one of startWithin, completeWithin, escalations (says nothing)',
    ],
    [
      'a deadline that is none',
      s => {
        s.steps[TAG].deadline = { completeWithin: 'soon' };
      },
      `spec.steps[0].deadline.completeWithin: found "soon"; allowed: ${duration} (is not a duration)`,
    ],
    [
      'a begin after the end',
      s => {
        s.steps[TAG].deadline = { startWithin: 'PT2H', completeWithin: 'PT1H' };
      },
      'spec.steps[0].deadline.startWithin: found "PT2H"; allowed: at most PT1H (is longer than completeWithin)',
    ],
    [
      'a time-out without time',
      s => {
        s.steps[TAG].deadline = { startWithin: 'PT1H', onTimeout: 'fail' };
      },
      'spec.steps[0].deadline.onTimeout: found "fail"; allowed: onTimeout together with completeWithin (needs completeWithin)',
    ],
    [
      'a rejection of manual work',
      s => {
        s.steps[TAG].deadline = { completeWithin: 'PT1H', onTimeout: 'reject' };
      },
      'spec.steps[0].deadline.onTimeout: found "reject"; allowed: fail, none (is not possible for a step of type manual)',
    ],
    [
      'a return of an approval',
      s => {
        s.steps[GO].deadline = { completeWithin: 'PT1H', onTimeout: 'return' };
      },
      'spec.steps[3].deadline.onTimeout: found "return"; allowed: fail, reject, none (is not possible for a step of type approval)',
    ],
    [
      'a calendar that nobody knows',
      s => {
        s.steps[TAG].deadline = { completeWithin: 'P5D', calendar: 'office' };
      },
      'spec.steps[0].deadline.calendar: found "office"; allowed: none, spec.calendars is missing (unknown calendar)',
    ],
    [
      'an escalation to nobody',
      s => {
        s.steps[TAG].deadline = {
          escalations: [{ after: 'PT1H', to: 'ops-leads' }],
        };
      },
      'spec.steps[0].deadline.escalations[0].to: found "ops-leads"; allowed: a user or group ref in full and in lower case, such as group:default/ops (is not an entity ref)',
    ],
    [
      'an escalation after the end',
      s => {
        s.steps[TAG].deadline = {
          completeWithin: 'PT1H',
          onTimeout: 'fail',
          escalations: [{ after: 'PT1H', to: 'group:default/ops' }],
        };
      },
      'spec.steps[0].deadline.escalations[0].after: found "PT1H"; allowed: less than PT1H (comes too late: onTimeout ends the task after PT1H)',
    ],
    [
      'an escalation that changes the electorate',
      s => {
        s.steps[GO].quorum = 'all';
        s.steps[GO].deadline = {
          escalations: [
            { after: 'PT1H', to: 'group:default/ops', action: 'widen' },
          ],
        };
      },
      'spec.steps[3].deadline.escalations[0].action: found "widen"; allowed: notify, or a quorum that is a number (would change who counts for the quorum "all")',
    ],
    [
      'reminders that flood',
      s => {
        s.steps[TAG].every = 'PT10S';
      },
      'spec.steps[0].every: found "PT10S"; allowed: an ISO 8601 duration of at least PT1M (is too short)',
    ],
    [
      'reminders of a branch that are none',
      s => {
        (s.steps[OBSERVE].branches as Step[])[0].every = '30m';
      },
      `spec.steps[5].branches[0].every: found "30m"; allowed: ${duration} (is not a duration)`,
    ],
    [
      'a deadline of a step without people',
      s => {
        s.steps[SOAK].every = 'PT30M';
      },
      'spec.steps[1].every: found "every"; allowed: id, type, name, if, instructions, tags, lock, compensation, duration, until, untilTime, timezone, windows, guard (does not belong to type wait, only to manual, approval, handoff, tour)',
    ],
    [
      'a guard that is measured too often',
      s => {
        s.steps[SOAK].guard = {
          action: 'a:b',
          expect: 'true',
          every: 'PT0.1S',
        };
      },
      'spec.steps[1].guard.every: found "PT0.1S"; allowed: an ISO 8601 duration of at least PT1S (is too short)',
    ],
    [
      'a guard that is no condition',
      s => {
        s.steps[SOAK].guard = {
          action: 'a:b',
          expect: 'output.',
          every: 'PT1M',
        };
      },
      'spec.steps[1].guard.expect: found "output."; allowed: a CEL expression (cannot be read at character 8: Expected IDENTIFIER, got EOF)',
    ],
    [
      'a guard without measurement',
      s => {
        s.steps[SOAK].guard = { expect: 'true', every: 'PT1M' };
      },
      'spec.steps[1].guard.action: found nothing; allowed: text that matches ^[a-zA-Z][a-zA-Z0-9-]*:[a-zA-Z0-9][a-zA-Z0-9_.:/-]*$ (is required)',
    ],
    [
      'an age that is none',
      s => {
        s.steps[CHECK].maxAge = 'old';
      },
      `spec.steps[2].maxAge: found "old"; allowed: ${duration} (is not a duration)`,
    ],
    [
      'an age that protects nothing',
      s => {
        s.steps[CHECK].maxAge = 'PT10M';
        s.steps.push(...s.steps.splice(CHECK, 1));
      },
      'spec.steps[7].maxAge: found "PT10M"; allowed: maxAge on a check before another step of the same list (protects nothing: no step follows that relies on the result)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });

  it.each<[string, Parameters<typeof changed>[0], string, string]>([
    [
      'a rule that is none',
      s => {
        s.windows = [window({ rrule: 'FREQ=SOMETIMES' })];
      },
      'spec.windows[0]',
      'SOMETIMES',
    ],
    [
      'a window in no zone',
      s => {
        s.windows = [window({ timezone: 'Europe/Atlantis' })];
      },
      'spec.windows[0]',
      'Europe/Atlantis',
    ],
    [
      'a window without length',
      s => {
        s.windows = [window({ duration: 'PT0S' })];
      },
      'spec.windows[0]',
      'PT0S',
    ],
    [
      'a window that never opens again',
      s => {
        s.windows = [window({ rrule: `${MONDAYS};UNTIL=20250101T000000Z` })];
      },
      'spec.windows[0]',
      'a step that names it could never begin',
    ],
    [
      'a window that is always denied',
      s => {
        s.windows = [
          window({
            effect: 'deny',
            rrule: 'FREQ=DAILY;BYHOUR=0;BYMINUTE=0;BYSECOND=0',
            duration: 'P1D',
          }),
        ];
      },
      'spec.windows[0]',
      'could never begin',
    ],
    [
      'windows that never open together',
      s => {
        s.windows = [
          window(),
          window({ name: 'freeze', effect: 'deny', duration: 'PT5H' }),
        ];
        s.steps[TAG].windows = ['hours', 'freeze'];
      },
      'spec.steps[0].windows',
      'together these windows never open',
    ],
    [
      'a turn that is too short',
      s => {
        (s.roles as any).captain.rotate = 'PT1H';
      },
      'spec.roles.captain.rotate',
      'PT4H',
    ],
    [
      'a rotation from no time',
      s => {
        (s.roles as any).captain.rotate = { every: 'P1W', from: 'Monday' };
      },
      'spec.roles.captain.rotate',
      'Monday',
    ],
    [
      'a calendar without working days',
      s => {
        s.calendars = {
          office: {
            timezone: 'Etc/UTC',
            hours: { from: '17:00', to: '09:00' },
          },
        };
      },
      'spec.calendars.office.hours',
      'from before to',
    ],
    [
      'a holiday that is no day',
      s => {
        s.calendars = {
          office: { timezone: 'Etc/UTC', holidays: [{ date: '25.12.' }] },
        };
      },
      'spec.calendars.office.holidays[0]',
      '25.12.',
    ],
    [
      'working time that does not fit a calendar',
      s => {
        s.calendars = { office: { timezone: 'Etc/UTC' } };
        s.steps[TAG].deadline = { completeWithin: 'P1M', calendar: 'office' };
      },
      'spec.steps[0].deadline.completeWithin',
      'P1M',
    ],
  ])('%s', (_name, change, path, text) => {
    const problems = validateSop(changed(change), {
      now: '2026-11-29T00:00:00.000Z',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0].path).toBe(path);
    expect(formatProblem(problems[0])).toContain(text);
  });
});
