import { Case, lines, branchStep, caseStep } from './__testUtils__/cases';
import { CHOOSE, DEPLOY, OBSERVE, SOAK, Step } from './__testUtils__/documents';

describe('time', () => {
  it.each<Case>([
    [
      'a wait without end',
      s => {
        delete s.steps[SOAK].duration;
      },
      'spec.steps[1]: found nothing; allowed: exactly one of duration, until, untilTime (must say when the wait ends)',
    ],
    [
      'a wait with two ends',
      s => {
        s.steps[SOAK].untilTime = '14:00';
      },
      'spec.steps[1]: found duration and untilTime; allowed: exactly one of duration, until, untilTime (must say when the wait ends)',
    ],
    [
      'a duration that is none',
      s => {
        s.steps[SOAK].duration = '30 minutes';
      },
      'spec.steps[1].duration: found "30 minutes"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is not a duration)',
    ],
    [
      'a negative duration',
      s => {
        s.steps[SOAK].duration = '-PT30M';
      },
      'spec.steps[1].duration: found "-PT30M"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is negative)',
    ],
    [
      'no duration',
      s => {
        s.steps[SOAK].duration = 'PT0S';
      },
      'spec.steps[1].duration: found "PT0S"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is zero)',
    ],
    [
      'a duration beyond the limit',
      s => {
        s.steps[SOAK].duration = 'P367D';
      },
      'spec.steps[1].duration: found "P367D"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is too long)',
    ],
    [
      'a timeout that is none',
      s => {
        s.steps[DEPLOY].timeout = '5m';
      },
      'spec.steps[4].timeout: found "5m"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is not a duration)',
    ],
    [
      'a backoff that is none',
      s => {
        s.steps[DEPLOY].retry = { limit: 1, backoff: 'soon' };
      },
      'spec.steps[4].retry.backoff: found "soon"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is not a duration)',
    ],
    [
      'a timeout of a compensation that is none',
      s => {
        (s.steps[DEPLOY].compensation as Step).timeout = 'P';
      },
      'spec.steps[4].compensation.timeout: found "P"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is zero)',
    ],
    [
      'a backoff of a compensation that is none',
      s => {
        (s.steps[DEPLOY].compensation as Step).retry = {
          limit: 1,
          backoff: 'PT0S',
        };
      },
      'spec.steps[4].compensation.retry.backoff: found "PT0S"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is zero)',
    ],
    [
      'a review interval beyond the limit',
      s => {
        (s.document as Step).reviewEvery = 'P6Y';
      },
      'spec.document.reviewEvery: found "P6Y"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 1830 days (is too long)',
    ],
    [
      'a date that does not exist',
      s => {
        (s.document as Step).effectiveFrom = '2026-02-30';
      },
      'spec.document.effectiveFrom: found "2026-02-30"; allowed: an ISO 8601 date such as 2026-11-01 (is not a date)',
    ],
    [
      'a date that is none',
      s => {
        (s.document as Step).effectiveFrom = 'November';
      },
      'spec.document.effectiveFrom: found "November"; allowed: an ISO 8601 date such as 2026-11-01 (is not a date)',
    ],
    [
      'an instant without offset',
      s => {
        caseStep(s.steps[CHOOSE]).until = '2026-11-01T14:00:00';
      },
      'spec.steps[6].cases[0].steps[0].until: found "2026-11-01T14:00:00"; allowed: an ISO 8601 instant such as 2026-11-01T14:00:00Z (has no time with an offset)',
    ],
    [
      'an instant that does not exist',
      s => {
        caseStep(s.steps[CHOOSE]).until = '2026-13-01T14:00:00Z';
      },
      'spec.steps[6].cases[0].steps[0].until: found "2026-13-01T14:00:00Z"; allowed: an ISO 8601 instant such as 2026-11-01T14:00:00Z (is not an instant)',
    ],
    [
      'a time of day that does not exist',
      s => {
        branchStep(s.steps[OBSERVE], 0).untilTime = '24:00';
      },
      'spec.steps[5].branches[0].steps[0].untilTime: found "24:00"; allowed: HH:mm from 00:00 to 23:59 (is not a time of day)',
    ],
    [
      'a zone that does not exist',
      s => {
        branchStep(s.steps[OBSERVE], 0).timezone = 'Europe/Atlantis';
      },
      'spec.steps[5].branches[0].steps[0].timezone: found "Europe/Atlantis"; allowed: an IANA name such as Etc/UTC or Europe/Berlin (is not a time zone)',
    ],
    [
      'a zone without a time',
      s => {
        s.steps[SOAK].timezone = 'Etc/UTC';
      },
      'spec.steps[1].timezone: found "Etc/UTC"; allowed: nothing (has a meaning only with untilTime)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});
