import { isOnPage } from './pages';

const at = (address: string) => {
  const { pathname, search } = new URL(address, 'http://localhost');
  return { pathname, search };
};

it.each([
  ['/', '/', true],
  ['/catalog', '/', false],
  ['/catalog/', '/catalog', true],
  ['/catalog?filters%5Bkind%5D=api', '/catalog', true],
  ['/catalog/default/sop/release', '/catalog', false],
  [
    '/sops/start?sop=sop:default/release&x=1',
    '/sops/start?sop=sop:default/release',
    true,
  ],
  ['/sops/start', '/sops/start?sop=sop:default/release', false],
  [
    '/sops/start?sop=sop:default/other',
    '/sops/start?sop=sop:default/release',
    false,
  ],
])('%s is the page %s: %s', (address, page, expected) => {
  expect(isOnPage(at(address), page)).toBe(expected);
});
