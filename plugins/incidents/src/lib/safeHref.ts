/**
 * An address from outside that may become a link: only `http` and `https`.
 * Others, such as `javascript:`, give undefined.
 */
export function safeHref(url: string | undefined): string | undefined {
  if (!url) {
    return undefined;
  }
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}
