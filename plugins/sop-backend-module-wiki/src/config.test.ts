import { ConfigReader } from '@backstage/config';
import { readWikis } from './config';

const confluence = {
  name: 'handbook',
  type: 'confluence',
  baseUrl: 'https://hollowbrook.example/wiki/',
  spaces: ['KB'],
  bearerToken: 'secret-token',
};
const read = (...wikis: object[]) =>
  readWikis(new ConfigReader({ sop: { wikis } as any }));

it('reads several wikis by name', () => {
  expect([...read(confluence, { ...confluence, name: 'b' }).keys()]).toEqual([
    'handbook',
    'b',
  ]);
  expect(readWikis(new ConfigReader({})).size).toBe(0);
});

it.each<[object, string]>([
  [{ type: 'notes' }, 'sop.wikis[0].type is "notes"; expected confluence'],
  [{ baseUrl: 'x' }, 'sop.wikis[0].baseUrl is "x"; expected a URL'],
  [{ spaces: [] }, 'sop.wikis[0].spaces is empty; expected those'],
  [{ spaces: ['a b'] }, 'sop.wikis[0].spaces[0] is "a b"; expected the key'],
  [{ apiToken: 'x' }, 'sop.wikis[0] has apiToken and bearerToken; expected'],
])('refuses %j', (more, message) => {
  const refused = () => read({ ...confluence, ...more });
  expect(refused).toThrow(message);
  expect(refused).not.toThrow(/secret-token/);
});
