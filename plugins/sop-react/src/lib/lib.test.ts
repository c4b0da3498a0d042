import { newCommandId } from './commandId';
import { errorDetails, isUncertain } from './errors';
import { splitMarkdown } from './markdown';
import {
  formatCountdown,
  formatDuration,
  formatExact,
  relativeTime,
} from './time';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const at = (offset: number) => new Date(NOW + offset).toISOString();

describe('time', () => {
  it.each([
    [45 * SECOND, '45 s'],
    [-MINUTE, '1 min'],
    [HOUR, '1 h'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [DAY, '1 d'],
    [3 * DAY + 4 * HOUR, '3 d 4 h'],
  ])('says %d ms as %p', (millis, text) => {
    expect(formatDuration(millis)).toBe(text);
  });

  it('counts down in the same width', () => {
    expect(formatCountdown(9 * MINUTE + 5 * SECOND)).toBe('09:05 min');
    expect(formatCountdown(59 * MINUTE + 59 * SECOND)).toHaveLength(9);
    expect(formatCountdown(HOUR)).toBe('1 h');
  });

  it('tells past, future and now apart, and dates beyond a week', () => {
    expect(relativeTime(at(10 * SECOND), NOW).tense).toBe('now');
    expect(relativeTime(at(-12 * MINUTE), NOW)).toEqual({
      tense: 'past',
      duration: '12 min',
      isDate: false,
    });
    expect(relativeTime(at(18 * MINUTE), NOW).tense).toBe('future');
    expect(relativeTime(at(-40 * DAY), NOW)).toMatchObject({
      duration: expect.stringMatching(/^20 Jan$/),
      isDate: true,
    });
    expect(relativeTime(at(-90 * DAY), NOW).duration).toMatch(/2025$/);
  });

  it('names the zone in an exact time and shows nonsense as it is', () => {
    expect(formatExact(at(0))).toMatch(/1 Mar 2026, \d\d:\d\d:00 .+\(.+\)$/);
    expect(formatExact('soon')).toBe('soon');
  });
});

describe('errorDetails', () => {
  it('reads what the back end says and drops what has another shape', () => {
    const error = {
      statusCode: 409,
      message: 'outer',
      body: {
        error: {
          message: 'It changed',
          problems: [{ path: 'a', message: 'b' }, { path: 1 }, null],
          changes: [{ seq: 1, at: 'x', text: 'y' }, 'z'],
        },
      },
    };
    expect(errorDetails(error)).toEqual({
      status: 409,
      message: 'It changed',
      problems: [{ path: 'a', message: 'b' }],
      changes: [{ seq: 1, at: 'x', text: 'y' }],
    });
  });

  it.each([[undefined], [null], ['text'], [new Error('x')], [{ body: 3 }]])(
    'survives %p',
    error => {
      expect(errorDetails(error)).toMatchObject({ problems: [], changes: [] });
      expect(isUncertain(error)).toBe(true);
    },
  );

  it('knows a clear refusal from a lost answer', () => {
    expect(isUncertain({ statusCode: 400 })).toBe(false);
    expect(isUncertain({ statusCode: 503 })).toBe(true);
  });
});

describe('newCommandId', () => {
  it('gives a different version 4 UUID each time', () => {
    const ids = new Set(Array.from({ length: 200 }, newCommandId));
    expect(ids.size).toBe(200);
    ids.forEach(id =>
      expect(id).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
    );
  });
});

describe('splitMarkdown', () => {
  it('takes out fenced code and keeps the order', () => {
    expect(splitMarkdown('Before\n\n```sql\nSELECT 1;\n```\nAfter')).toEqual([
      { type: 'text', content: 'Before\n' },
      { type: 'code', content: 'SELECT 1;', language: 'sql' },
      { type: 'text', content: 'After' },
    ]);
  });

  it('leaves fences inside lists and other fences inside code alone', () => {
    const nested = '- one\n  ```\n  code\n  ```\n- two';
    expect(splitMarkdown(nested)).toEqual([{ type: 'text', content: nested }]);
    expect(splitMarkdown('~~~\n```\nx\n```\n~~~')).toEqual([
      { type: 'code', content: '```\nx\n```', language: undefined },
    ]);
  });

  it('runs an unclosed fence to the end', () => {
    expect(splitMarkdown('```\na\nb')).toEqual([
      { type: 'code', content: 'a\nb', language: undefined },
    ]);
    expect(splitMarkdown('')).toEqual([]);
  });
});
