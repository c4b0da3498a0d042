import {
  formatBudget,
  formatCost,
  formatCount,
  formatIndicator,
  formatMinutes,
  formatRate,
  formatTarget,
  formatTick,
} from './format';

describe('numbers', () => {
  it.each([
    [1, '100 %'],
    [0.9996, '99 %'],
    [0.611, '61 %'],
    [0.0999, '9.9 %'],
    [0.0004, 'under 0.1 %'],
    [0, '0 %'],
    [-0.0004, '−0.1 %'],
    [-0.238, '−23 %'],
    [-65.666, '−6\u202f566 %'],
    [null, '–'],
  ])('says a budget of %p as %p', (fraction, text) => {
    expect(formatBudget(fraction)).toBe(text);
  });

  it.each([
    [0.999, '99.9 %'],
    [0.9999, '99.99 %'],
    [0.95, '95 %'],
    [0.07, '7 %'],
  ])('says the target %p without noise', (target, text) => {
    expect(formatTarget(target)).toBe(text);
  });

  it.each([
    // 0.99999 of 99.9 %: neither "100 %" nor met by rounding.
    [0.99999, 0.999, '99.999 %'],
    [0.9989999, 0.999, '99.899 %'],
    [0.995, 0.995, '99.500 %'],
    [1, 0.99, '100.00 %'],
    [null, 0.99, '–'],
  ])('says the indicator %p of the target %p as %p', (sli, target, text) => {
    expect(formatIndicator(sli, target)).toBe(text);
  });

  it.each([
    [14.4, '14.4×'],
    [0, '0×'],
    [0.003, 'under 0.01×'],
    [0.9333, '0.93×'],
    [1000, '1\u202f000×'],
    [null, '–'],
  ])('says the burn rate %p as %p', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it.each([
    [0.5, '30 s'],
    [4.32, '4.3 min'],
    [43.2, '43 min'],
    [201.6, '3 h 21 min'],
    [-120, '−2 h'],
    [null, '–'],
  ])('says %p minutes as %p', (minutes, text) => {
    expect(formatMinutes(minutes)).toBe(text);
  });

  it('rounds what something cost up, and counts to whole events', () => {
    expect(formatCost(0.00001)).toBe('0.1 %');
    expect(formatCost(0.2381)).toBe('24 %');
    expect(formatCost(0)).toBe('0 %');
    expect(formatCount(1234567)).toBe('1\u202f234\u202f567');
    expect(formatCount(null)).toBe('–');
    expect(formatTick(-15)).toBe('−1\u202f500 %');
    expect(formatTick(0.6)).toBe('60 %');
  });
});
