/**
 * Whether an address shows the page of a step. A page may add parameters of its
 * own, such as filters, without being another page.
 */
export function isOnPage(
  address: { pathname: string; search: string },
  page: string,
): boolean {
  const [path, query] = page.split('?', 2);
  const strip = (one: string) => one.replace(/\/+$/, '') || '/';
  if (strip(address.pathname) !== strip(path)) {
    return false;
  }
  const there = new URLSearchParams(address.search);
  return [...new URLSearchParams(query ?? '')].every(([name, value]) =>
    there.getAll(name).includes(value),
  );
}
