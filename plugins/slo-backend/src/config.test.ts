import { ConfigReader } from '@backstage/config';
import { readSloConfig } from './config';

const read = (slo: object) => readSloConfig(new ConfigReader({ slo } as never));

describe('readSloConfig', () => {
  it('has defaults', () => {
    expect(readSloConfig(new ConfigReader({}))).toEqual({
      intervalSeconds: 30,
      unknownAfterSeconds: 3600,
      cautionBelow: 0.25,
      probes: [],
    });
  });

  it('reads probes', () => {
    const probes = [
      { stream: 'a', url: 'https://x.example/health', timeout: '2s' },
      { stream: 'b', path: '/ready' },
    ];
    expect(read({ embedded: { probes } }).probes).toEqual([
      {
        stream: 'a',
        target: { url: 'https://x.example/health' },
        timeoutMs: 2000,
      },
      { stream: 'b', target: { path: '/ready' }, timeoutMs: 5000 },
    ]);
  });

  it.each([
    [{ cautionBelow: 25 }, 'slo.cautionBelow is 25; allowed: a fraction'],
    [{ evaluation: { interval: { seconds: 0 } } }, 'slo.evaluation.interval'],
    [{ embedded: { probes: [{ stream: 'a' }] } }, 'neither url nor path'],
    [
      { embedded: { probes: [{ stream: 'a', url: 'http://x', path: '/' }] } },
      'url and path',
    ],
    [
      { embedded: { probes: [{ stream: 'a', url: 'file:///etc' }] } },
      'slo.embedded.probes[0].url is "file:///etc"',
    ],
    [{ embedded: { probes: [{ stream: 'a', path: 'x' }] } }, 'begins with /'],
    [{ embedded: { probes: [{ url: 'http://x' }] } }, 'stream'],
  ])('refuses %j', (slo, words) => {
    expect(() => read(slo)).toThrow(words);
  });
});
