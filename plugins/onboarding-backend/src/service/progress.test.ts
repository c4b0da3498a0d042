import {
  TourProgress,
  TourProgressUpdate,
} from '@handrail/plugin-onboarding-common';
import fc from 'fast-check';
import { nextProgress, targetOf } from './progress';

const step = (id: string, target?: string) => ({
  id,
  title: id,
  body: id,
  target,
});
const tour = {
  tourRef: 'tour:default/look',
  version: 2,
  steps: [step('one'), step('two', 'nav.two'), step('three')],
};
const T = (minute: number) =>
  `2026-11-02T09:${String(minute).padStart(2, '0')}:00.000Z`;

/** Sends updates one after the other, a minute apart. */
function play(
  updates: Array<Partial<TourProgressUpdate>>,
  before?: TourProgress,
): TourProgress | undefined {
  return updates.reduce<TourProgress | undefined>(
    (current, update, index) =>
      nextProgress(
        tour,
        current,
        { version: 2, status: 'started', ...update },
        T(index),
      ),
    before,
  );
}

const all = [{ stepId: 'one' }, { stepId: 'two' }, { stepId: 'three' }];

describe('nextProgress', () => {
  it('goes from the offer to the end', () => {
    expect(
      play([{ status: 'offered' }, ...all, { status: 'finished' }]),
    ).toEqual({
      tourRef: 'tour:default/look',
      version: 2,
      status: 'finished',
      stepId: 'three',
      offeredAt: T(0),
      startedAt: T(1),
      finishedAt: T(4),
      finishedVersion: 2,
      dismissedAt: undefined,
      updatedAt: T(4),
    });
  });

  it.each<
    [string, Array<Partial<TourProgressUpdate>>, Partial<TourProgressUpdate>]
  >([
    ['the same step', [{ stepId: 'two' }], { stepId: 'two' }],
    ['an offer after the start', [{ stepId: 'one' }], { status: 'offered' }],
    ['the end', [...all, { status: 'finished' }], { status: 'finished' }],
    [
      '“not now” after the end',
      [...all, { status: 'finished' }],
      { status: 'dismissed' },
    ],
    ['“not now”', [{ status: 'dismissed' }], { status: 'dismissed' }],
  ])('changes nothing when %s comes twice', (_name, before, again) => {
    const current = play(before);
    expect(play([again], current)).toBe(current);
  });

  it.each<
    [
      string,
      Array<Partial<TourProgressUpdate>>,
      Partial<TourProgressUpdate>,
      string,
      string,
    ]
  >([
    [
      'an old version',
      [],
      { version: 1 },
      'ConflictError',
      'version: found 1; allowed: 2 (the tour was changed meanwhile',
    ],
    [
      'a version that is not there',
      [],
      { version: 3 },
      'InputError',
      'version: found 3; allowed: 2 (there is no such version',
    ],
    [
      'an unknown step',
      [],
      { stepId: 'four' },
      'InputError',
      'stepId: found "four"; allowed: one, two, three',
    ],
    [
      'a step before the one reached',
      [{ stepId: 'three' }],
      { stepId: 'two' },
      'ConflictError',
      'stepId: found "two", step 2; allowed: "three", step 3, or a later one',
    ],
    [
      'the first step again without saying so',
      [{ stepId: 'two' }],
      {},
      'ConflictError',
      'stepId: found "one"',
    ],
    [
      'the end before the beginning',
      [],
      { status: 'finished' },
      'ConflictError',
      'after the last step, "three" (the tour has not begun)',
    ],
    [
      'the end in the middle',
      [{ stepId: 'two' }],
      { status: 'finished' },
      'ConflictError',
      '(the tour is at "two")',
    ],
    [
      'the end after “not now”',
      [...all, { status: 'dismissed' }],
      { status: 'finished' },
      'ConflictError',
      'after the last step',
    ],
    [
      'a step with the end',
      [...all],
      { status: 'finished', stepId: 'three' },
      'InputError',
      'stepId: found "three"; allowed: nothing with status "finished"',
    ],
    [
      'a restart with “not now”',
      [],
      { status: 'dismissed', restart: true },
      'InputError',
      'restart: found true; allowed: nothing',
    ],
  ])('refuses %s', (_name, before, update, name, message) => {
    const current = play(before);
    expect(() => play([update], current)).toThrow(
      expect.objectContaining({
        name,
        message: expect.stringContaining(message),
      }),
    );
  });

  it('keeps an earlier end when the tour is taken again and left', () => {
    const done = play([...all, { status: 'finished' }]);
    const again = play([{ stepId: 'one', restart: true }], done);
    expect(again).toMatchObject({
      status: 'started',
      stepId: 'one',
      finishedAt: T(3),
    });
    expect(play([{ status: 'dismissed' }], again)).toMatchObject({
      status: 'finished',
      finishedAt: T(3),
      finishedVersion: 2,
    });
  });

  it('begins anew with a new version and remembers the old end', () => {
    const old: TourProgress = {
      tourRef: tour.tourRef,
      version: 1,
      status: 'finished',
      stepId: 'gone',
      finishedAt: T(50),
      finishedVersion: 1,
      updatedAt: T(50),
    };
    expect(play([{ stepId: 'one' }], old)).toMatchObject({
      version: 2,
      status: 'started',
      stepId: 'one',
      finishedAt: T(50),
      finishedVersion: 1,
    });
    // An end of version 1 is none of version 2.
    expect(play([{ status: 'dismissed' }], old)).toMatchObject({
      version: 2,
      status: 'dismissed',
    });
  });

  it('never goes back without a restart and never loses an end', () => {
    const updates = fc.array(
      fc.record(
        {
          version: fc.constantFrom(1, 2, 3),
          status: fc.constantFrom(
            'offered',
            'started',
            'finished',
            'dismissed',
          ),
          stepId: fc.constantFrom('one', 'two', 'three', 'four'),
          restart: fc.boolean(),
        },
        { requiredKeys: ['version', 'status'] },
      ),
      { maxLength: 12 },
    );
    const refusalOf = (attempt: () => unknown) => {
      try {
        attempt();
        return undefined;
      } catch (error) {
        return (error as Error).name;
      }
    };
    const place = (progress?: TourProgress) =>
      tour.steps.findIndex(one => one.id === progress?.stepId);
    fc.assert(
      fc.property(updates, list => {
        let current: TourProgress | undefined;
        list.forEach((update, index) => {
          const before = current;
          const attempt = () =>
            nextProgress(tour, before, update as TourProgressUpdate, T(index));
          current = refusalOf(attempt) ? before : attempt();
          expect(place(current) >= place(before) || update.restart).toBe(true);
          expect(Boolean(current?.finishedAt)).toBe(
            Boolean(before?.finishedAt) || current?.status === 'finished',
          );
        });
      }),
    );
  });
});

describe('targetOf', () => {
  it.each<[string, number, string, string]>([
    ['an old version', 1, 'two', 'version: found 1'],
    [
      'a step without target',
      2,
      'one',
      'stepId: found "one", a step without target; allowed: two',
    ],
    ['an unknown step', 2, 'x', 'stepId: found "x"; allowed: two'],
  ])('refuses %s', (_name, version, stepId, message) => {
    expect(() => targetOf(tour, version, stepId)).toThrow(message);
  });

  it('takes the target from the tour', () => {
    expect(targetOf(tour, 2, 'two')).toBe('nav.two');
  });
});
