import { ConfigReader } from '@backstage/config';
import { readSources } from './config';

const read = (sources: object[]) =>
  readSources(new ConfigReader({ incidents: { alertmanager: { sources } } }));

it('reads senders with their tokens', () => {
  const sources = read([{ name: 'main', token: 'a-token-for-the-tests' }]);
  expect(sources.get('main')?.token).toBe('a-token-for-the-tests');
  expect(readSources(new ConfigReader({})).size).toBe(0);
});

it.each([
  [
    'a name that cannot be in a path',
    [{ name: 'a/b', token: 'a-token-for-the-tests' }],
    'incidents.alertmanager.sources[0].name is "a/b"; allowed are',
  ],
  [
    'a name that is there twice',
    [
      { name: 'a', token: 'a-token-for-the-tests' },
      { name: 'a', token: 'a-token-for-the-tests' },
    ],
    'incidents.alertmanager.sources[1].name is "a", which',
  ],
  [
    'a token that can be guessed',
    [{ name: 'a', token: 'secret' }],
    'incidents.alertmanager.sources[0].token has 6 characters',
  ],
])('refuses %s', (_, sources, message) => {
  expect(() => read(sources)).toThrow(message);
});
