import { AuthService } from '@backstage/backend-plugin-api';
import { CallOptions } from './SopRunService';

/** What only people decide, in the words of a refusal. */
const DECISIONS = {
  vote: { verb: 'vote', noun: 'A vote', how: 'Vote' },
  accept: { verb: 'take over', noun: 'Taking over', how: 'Take over' },
  resolve: {
    verb: 'say what an action in doubt did',
    noun: 'This answer',
    how: 'Give it',
  },
  break: {
    verb: 'break the glass',
    noun: 'Breaking the glass',
    how: 'Do it',
  },
  sign: { verb: 'sign', noun: 'A signature', how: 'Sign' },
  acknowledge: {
    verb: 'acknowledge a revision',
    noun: 'An acknowledgement',
    how: 'Acknowledge it',
  },
};

/** What only a person decides. */
export type Decision = keyof typeof DECISIONS;

/**
 * Why a caller may not decide, whatever it is; nothing when the caller may.
 * People approve, take over and sign: not services, not agents that act for a
 * person, and, where configured, only with a token from a sign-in page.
 */
export function decisionRefusal(
  decision: Decision,
  caller: CallOptions,
  options: { auth: AuthService; requireInteractive: boolean },
): string | undefined {
  const { verb, noun, how } = DECISIONS[decision];
  const { credentials, interactive } = caller;
  if (!options.auth.isPrincipal(credentials, 'user')) {
    return `Only people may ${verb}; a service token stands for nobody.`;
  }
  if (credentials.principal.actor) {
    return `Only people may ${verb}; here ${credentials.principal.actor.subject} acts for ${credentials.principal.userEntityRef}.`;
  }
  if (options.requireInteractive && !interactive) {
    return `${noun} needs a token that was issued at the sign-in page. ${how} in the browser; if you did, the sign-in resolver does not issue the claim "handrail.dev/interactive" that sop.approvals.requireInteractive asks for.`;
  }
  return undefined;
}

/**
 * Who acts for a person: the plugin that calls with the person's token, or,
 * where tokens of the sign-in page can be told from others, `oauth-client`.
 */
export function viaOf(
  { credentials, interactive }: CallOptions,
  options: { auth: AuthService; requireInteractive: boolean },
): string | undefined {
  if (!options.auth.isPrincipal(credentials, 'user')) {
    return undefined;
  }
  return (
    credentials.principal.actor?.subject ??
    (options.requireInteractive && interactive === false
      ? 'oauth-client'
      : undefined)
  );
}
