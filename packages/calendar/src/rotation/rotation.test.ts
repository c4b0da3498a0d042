import { checkRotation, Rotation, rotationAt, rotationShifts } from '..';

const captains: Rotation = {
  members: ['ana', 'ben', 'cleo'],
  every: 'P1W',
  from: '2026-10-19T09:00',
  timezone: 'Europe/Berlin',
};

it('gives each member a turn, at the same time of the clock', () => {
  // Clocks go back on 2026-10-25.
  expect(
    rotationShifts(captains, {
      from: '2026-10-19T07:00:00.000Z',
      to: '2026-11-09T08:00:00.000Z',
    }),
  ).toEqual([
    {
      member: 'ana',
      index: 0,
      startsAt: '2026-10-19T07:00:00.000Z',
      endsAt: '2026-10-26T08:00:00.000Z',
    },
    {
      member: 'ben',
      index: 1,
      startsAt: '2026-10-26T08:00:00.000Z',
      endsAt: '2026-11-02T08:00:00.000Z',
    },
    {
      member: 'cleo',
      index: 2,
      startsAt: '2026-11-02T08:00:00.000Z',
      endsAt: '2026-11-09T08:00:00.000Z',
    },
  ]);
});

it.each([
  ['2026-10-19T06:59:59.999Z', 'cleo'],
  ['2026-10-19T07:00:00.000Z', 'ana'],
  ['2026-10-26T07:59:59.999Z', 'ana'],
  ['2026-10-26T08:00:00.000Z', 'ben'],
  ['2026-11-09T08:00:00.000Z', 'ana'],
])('at %s it is the turn of %s', (at, member) => {
  expect(rotationAt(captains, at).member).toBe(member);
});

it('counts months from the start, so that the end of one is the end', () => {
  const monthly = { ...captains, every: 'P1M', from: '2026-01-31T00:00' };
  expect(
    rotationShifts(
      { ...monthly, timezone: 'UTC' },
      { from: '2026-01-31T00:00:00Z', to: '2026-05-01T00:00:00Z' },
    ).map(({ startsAt }) => startsAt.slice(0, 10)),
  ).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
});

it.each<[string, Partial<Rotation>, string]>([
  ['nobody', { members: [] }, 'the members are []'],
  ['no length', { every: 'weekly' }, 'the length of a shift is "weekly"'],
  ['minutes', { every: 'PT30M' }, 'from PT4H to P1Y'],
  ['two units', { every: 'P1DT12H' }, 'with one unit'],
  ['nothing', { every: 'PT0S' }, 'the length of a shift is "PT0S"'],
  ['a start with offset', { from: '2026-10-19T09:00Z' }, 'the start is'],
  ['no zone', { timezone: 'Nowhere' }, 'the time zone is "Nowhere"'],
])('refuses %s', (_, change, message) => {
  const rotation = { ...captains, ...change };
  expect(checkRotation(rotation).join('; ')).toContain(message);
  expect(() => rotationAt(rotation, '2026-10-19T06:59:59.999Z')).toThrow(
    expect.objectContaining({ name: 'InputError' }),
  );
});

it('refuses a span of too many shifts', () => {
  expect(() =>
    rotationShifts(
      { ...captains, every: 'PT4H' },
      { from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
    ),
  ).toThrow('more than 10000 shifts');
});
