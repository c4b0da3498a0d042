import { decodeText, formatBytes } from './format';

describe('formatBytes', () => {
  it.each([
    [0, '0 byte'],
    [1023, '1,023 byte'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [5 * 1024 ** 2, '5 MB'],
    [3 * 1024 ** 4, '3,072 GB'],
  ])('%i', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('decodeText', () => {
  it('decodes UTF-8 and refuses what is none', () => {
    expect(decodeText('w7wg4oKs')).toBe('ü €');
    expect(decodeText('')).toBe('');
    expect(decodeText(btoa('a\0b'))).toBeUndefined();
    expect(decodeText(btoa('\xff\xfe'))).toBeUndefined();
  });
});
