import { CompoundEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { DEMO_USER_HEADER } from './constants';

const EXAMPLE = 'for example "user:default/ana.duarte"';

/** Whom the request asks to be. */
export interface DemoAuthResult {
  userRef: CompoundEntityRef;
}

/**
 * Reads the person from the request header.
 *
 * @throws AuthenticationError when the header is missing
 * @throws InputError when it is not the entity ref of a user
 */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize() {},
  async authenticate({ req }): Promise<{ result: DemoAuthResult }> {
    const header = req.header(DEMO_USER_HEADER);
    if (!header) {
      throw new AuthenticationError(
        `The request header "${DEMO_USER_HEADER}" is missing; it must hold the entity ref of a user, ${EXAMPLE}`,
      );
    }
    let userRef: CompoundEntityRef;
    try {
      userRef = parseEntityRef(header, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      });
    } catch (error) {
      throw new InputError(
        `The request header "${DEMO_USER_HEADER}" is "${header}"; it must hold the entity ref of a user, ${EXAMPLE}`,
        error,
      );
    }
    if (userRef.kind.toLocaleLowerCase('en') !== 'user') {
      throw new InputError(
        `The request header "${DEMO_USER_HEADER}" names the ${userRef.kind} "${header}"; only a user can sign in, ${EXAMPLE}`,
      );
    }
    return { result: { userRef } };
  },
});
