import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import type { Request } from 'express';
import { GitHostAccount } from '../config';
import { Caller } from './GitHostService';

/** Tells who sends a request. */
export class Authenticator {
  readonly #accounts: GitHostAccount[];
  readonly #httpAuth: HttpAuthService;

  constructor(options: {
    accounts: GitHostAccount[];
    httpAuth: HttpAuthService;
  }) {
    this.#accounts = options.accounts;
    this.#httpAuth = options.httpAuth;
  }

  /**
   * Basic auth and `token <password>` name an account, as with Gitea; a Bearer
   * token is one of the portal; without any the caller is anonymous.
   * @throws AuthenticationError when what is given is wrong
   */
  async authenticate(req: Request): Promise<Caller> {
    const header = req.headers.authorization;
    if (!header) return { type: 'anonymous' };
    const [, scheme, value] = /^(\S+) +(.*)$/.exec(header) ?? [];
    switch (scheme?.toLowerCase()) {
      case 'basic': {
        const text = Buffer.from(value, 'base64').toString('utf8');
        const colon = text.indexOf(':');
        return this.#account(text.slice(colon + 1), text.slice(0, colon));
      }
      case 'token':
        return this.#account(value.trim());
      case 'bearer': {
        const credentials = await this.#httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        return { type: 'backstage', credentials };
      }
      default:
        throw new AuthenticationError(
          'The Authorization header is not understood; expected Basic, token or Bearer',
        );
    }
  }

  /** Takes the same time whether and where a name or password differs. */
  #account(password: string, username?: string): Caller {
    let found: GitHostAccount | undefined;
    for (const account of this.#accounts) {
      const isUser =
        username === undefined || isEqual(account.username, username);
      const isPassword = isEqual(account.password, password);
      if (isUser && isPassword) found = account;
    }
    if (!found) {
      throw new AuthenticationError(
        'The name or the password of the account is wrong',
      );
    }
    return { type: 'account', username: found.username };
  }
}

function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
