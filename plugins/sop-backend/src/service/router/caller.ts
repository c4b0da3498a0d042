import {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import { CallOptions } from '../SopRunService';

/**
 * Claim of tokens that were issued to a person at a sign-in page; tokens of
 * OAuth clients lack it.
 */
export const INTERACTIVE_CLAIM = 'handrail.dev/interactive';

type AnyRequest = Request<any, any, any, any, any>;

/**
 * The caller of a request.
 * @throws AuthenticationError when nobody is signed in.
 */
export async function readCaller(
  httpAuth: HttpAuthService,
  req: AnyRequest,
): Promise<CallOptions> {
  const credentials = await httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  return {
    credentials,
    interactive: hasInteractiveClaim(credentials, req.headers.authorization),
    request: req,
  };
}

/**
 * Whether the token carries the claim of an interactive sign-in. Only reads the
 * payload: call it after the token was verified, with the credentials that
 * came out of it.
 */
export function hasInteractiveClaim(
  credentials: BackstageCredentials,
  authorization: string | undefined,
): boolean {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
  };
  const payload = authorization?.match(
    /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/i,
  )?.[1];
  if (principal.type !== 'user' || !payload) {
    return false;
  }
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return (
      claims.sub === principal.userEntityRef &&
      claims[INTERACTIVE_CLAIM] === true
    );
  } catch {
    return false;
  }
}
