import { InputError } from '@backstage/errors';
import { isJournalTimestamp, toJournalTimestamp } from '..';

describe('isJournalTimestamp', () => {
  it.each(['2026-03-01T09:30:00.000Z', '2024-02-29T23:59:59.999Z'])(
    'takes %s',
    value => expect(isJournalTimestamp(value)).toBe(true),
  );

  it.each([
    '2026-03-01T09:30:00Z',
    '2026-03-01T09:30:00.000+00:00',
    '2026-03-01T09:30:00.000000Z',
    '2026-02-30T09:30:00.000Z',
    '2026-03-01T24:00:00.000Z',
    '2026-03-01 09:30:00.000Z',
    '2026-03-01T09:30:00.000Z\n',
    '',
    0,
    null,
  ])('refuses %j', value => expect(isJournalTimestamp(value)).toBe(false));
});

describe('toJournalTimestamp', () => {
  it.each([
    [new Date(Date.UTC(2026, 2, 1, 9, 30)), '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T10:30:00+01:00', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:00.123456Z', '2026-03-01T09:30:00.123Z'],
  ])('brings %s into the stored form', (value, expected) => {
    expect(toJournalTimestamp(value)).toBe(expected);
  });

  it.each(['2026-03-01T09:30:00', '2026-03-01', 'soon', new Date(NaN)])(
    'refuses %s, which is no instant',
    value => {
      expect(() => toJournalTimestamp(value)).toThrow(InputError);
      expect(() => toJournalTimestamp(value)).toThrow('is not an instant');
    },
  );
});
