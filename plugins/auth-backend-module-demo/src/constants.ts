/**
 * Id of the provider: the key below `auth.providers` and the path segment of
 * its routes.
 * @public
 */
export const DEMO_PROVIDER_ID = 'demo';

/**
 * Request header that carries the entity ref of the person to sign in as.
 * @public
 */
export const DEMO_USER_HEADER = 'x-handrail-demo-user';

/**
 * Claim of a Backstage token that was issued to a person at a sign-in page.
 * Tokens issued to OAuth clients on a person's behalf do not have it, which is
 * how an approval by a person is told from one by an agent. Its value is `true`.
 * @public
 */
export const INTERACTIVE_SIGN_IN_CLAIM = 'handrail.dev/interactive';
