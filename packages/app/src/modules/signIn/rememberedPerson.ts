const SIGNED_IN = 'handrail.signIn.person';
const LAST = 'handrail.signIn.lastPerson';

/**
 * Who is signed in, by entity ref, over reloads. It is kept per tab, so that
 * two tabs can be two people; a new tab starts as whoever signed in last.
 */
export const rememberedPerson = {
  /** The person of this tab, if any. */
  signedIn(): string | undefined {
    return (
      window.sessionStorage.getItem(SIGNED_IN) ??
      window.localStorage.getItem(SIGNED_IN) ??
      undefined
    );
  },

  /** The person who signed in last in this browser, signed out or not. */
  last(): string | undefined {
    return window.localStorage.getItem(LAST) ?? undefined;
  },

  remember(entityRef: string) {
    window.sessionStorage.setItem(SIGNED_IN, entityRef);
    window.localStorage.setItem(SIGNED_IN, entityRef);
    window.localStorage.setItem(LAST, entityRef);
  },

  /** Signs this tab and future tabs out; the last person stays known. */
  forget() {
    window.sessionStorage.removeItem(SIGNED_IN);
    window.localStorage.removeItem(SIGNED_IN);
  },
};
