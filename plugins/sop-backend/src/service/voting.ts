import { AuthService } from '@backstage/backend-plugin-api';
import { CallOptions } from './SopRunService';

/**
 * Why a caller may not vote, whatever the approval; nothing when the caller
 * may. People approve: not services, not agents that act for a person, and,
 * where configured, only with a token from a sign-in page.
 */
export function voteRefusal(
  caller: CallOptions,
  options: { auth: AuthService; requireInteractive: boolean },
): string | undefined {
  const { credentials, interactive } = caller;
  if (!options.auth.isPrincipal(credentials, 'user')) {
    return 'Only people may vote; a service token stands for nobody.';
  }
  if (credentials.principal.actor) {
    return `Only people may vote; here ${credentials.principal.actor.subject} acts for ${credentials.principal.userEntityRef}.`;
  }
  if (options.requireInteractive && !interactive) {
    return 'A vote needs a token that was issued at the sign-in page. Vote in the browser; if you did, the sign-in resolver does not issue the claim "handrail.dev/interactive" that sop.approvals.requireInteractive asks for.';
  }
  return undefined;
}
