import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/**
 * Lets an action be used by steps alone: the portal's account in another system
 * must not lend its rights to everybody who can call an action.
 * @throws NotAllowedError when the caller is not the SOP back end.
 * @public
 */
export function procedureOnly(credentials: BackstageCredentials): void {
  const { type, subject } = (credentials.principal ?? {}) as {
    type?: string;
    subject?: string;
  };
  if (type !== 'service' || subject !== 'plugin:sop') {
    throw new NotAllowedError(
      'Only steps of procedures may use this action: it acts with the account of the portal',
    );
  }
}
