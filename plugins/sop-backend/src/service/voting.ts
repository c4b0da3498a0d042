import { AuthService } from '@backstage/backend-plugin-api';
import { CallOptions } from './SopRunService';

/** What only people may do. */
const ACTS = {
  vote: { noun: 'A vote', verb: 'vote', imperative: 'Vote' },
  sign: { noun: 'A signature', verb: 'sign', imperative: 'Sign' },
  acknowledge: {
    noun: 'An acknowledgement',
    verb: 'acknowledge a revision',
    imperative: 'Acknowledge it',
  },
};

/**
 * Why a caller may not vote or sign, whatever it is; nothing when the caller
 * may. People do: not services, not agents that act for a person, and, where
 * configured, only with a token from a sign-in page.
 */
export function personRefusal(
  caller: CallOptions,
  options: { auth: AuthService; requireInteractive: boolean },
  act: keyof typeof ACTS = 'vote',
): string | undefined {
  const { credentials, interactive } = caller;
  const { noun, verb, imperative } = ACTS[act];
  if (!options.auth.isPrincipal(credentials, 'user')) {
    return `Only people may ${verb}; a service token stands for nobody.`;
  }
  if (credentials.principal.actor) {
    return `Only people may ${verb}; here ${credentials.principal.actor.subject} acts for ${credentials.principal.userEntityRef}.`;
  }
  if (options.requireInteractive && !interactive) {
    return `${noun} needs a token that was issued at the sign-in page. ${imperative} in the browser; if you did, the sign-in resolver does not issue the claim "handrail.dev/interactive" that sop.approvals.requireInteractive asks for.`;
  }
  return undefined;
}
