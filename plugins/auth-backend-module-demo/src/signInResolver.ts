import { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, UserEntity } from '@backstage/catalog-model';
import { isError, NotFoundError } from '@backstage/errors';
import {
  AuthResolverContext,
  ProfileTransform,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DemoAuthResult } from './authenticator';
import { INTERACTIVE_SIGN_IN_CLAIM } from './constants';
import { resolveOwnershipWithAncestors } from './ownership';

async function findPerson(
  { userRef }: DemoAuthResult,
  ctx: AuthResolverContext,
): Promise<UserEntity> {
  try {
    const { entity } = await ctx.findCatalogUser({ entityRef: userRef });
    return entity as UserEntity;
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      throw new NotFoundError(
        `There is no person "${stringifyEntityRef(
          userRef,
        )}" in the catalog; choose one of the people that the sign-in page lists`,
      );
    }
    throw error;
  }
}

/** The name, address and picture of the person's user entity. */
export const demoProfileTransform: ProfileTransform<DemoAuthResult> = async (
  result,
  ctx,
) => {
  const person = await findPerson(result, ctx);
  const { displayName, email, picture } = person.spec.profile ?? {};
  return {
    profile: {
      displayName: displayName ?? person.metadata.name,
      email,
      picture,
    },
  };
};

/**
 * Signs the person in with all groups they act for, and marks the token as one
 * that a person asked for in a browser.
 *
 * The resolver throws NotFoundError when the catalog has no such person.
 */
export function createDemoSignInResolver(options: {
  catalog: CatalogService;
  auth: AuthService;
}): SignInResolver<DemoAuthResult> {
  return async ({ result }, ctx) => {
    const person = await findPerson(result, ctx);
    return ctx.issueToken({
      claims: {
        sub: stringifyEntityRef(person),
        ent: await resolveOwnershipWithAncestors(person, options),
        [INTERACTIVE_SIGN_IN_CLAIM]: true,
      },
    });
  };
}
