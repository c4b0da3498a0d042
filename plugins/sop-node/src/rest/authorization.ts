import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * The `Authorization` header of an account: `email` and `apiToken` (Basic), or
 * `bearerToken`.
 * @throws InputError when it is neither or both, naming the keys and no value.
 * @public
 */
export function readAuthorization(one: Config, path: string): string {
  const email = one.getOptionalString('email');
  const apiToken = one.getOptionalString('apiToken');
  const bearerToken = one.getOptionalString('bearerToken');
  const isBasic = email !== undefined && apiToken !== undefined;
  const hasSome = email !== undefined || apiToken !== undefined;
  if (bearerToken !== undefined ? hasSome : !isBasic) {
    const found = Object.entries({ email, apiToken, bearerToken })
      .filter(([, value]) => value !== undefined)
      .map(([key]) => key);
    throw new InputError(
      `${path} has ${
        found.join(' and ') || 'no credentials'
      }; expected email and apiToken, or bearerToken alone`,
    );
  }
  return isBasic
    ? `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`
    : `Bearer ${bearerToken}`;
}
