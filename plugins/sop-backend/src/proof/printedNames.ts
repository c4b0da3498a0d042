import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { shortName } from '@handrail/plugin-sop-common';
import { NameOf } from './Exporter';

/** Names as the catalog has them; the short name of a ref where it has none. */
export function printedNames(options: {
  auth: AuthService;
  catalog: CatalogService;
}): NameOf {
  const { auth, catalog } = options;
  return async refs => {
    const people = refs.filter(ref => ref.startsWith('user:'));
    const { items } = people.length
      ? await catalog.getEntitiesByRefs(
          {
            entityRefs: people,
            fields: ['metadata.title', 'spec.profile.displayName'],
          },
          { credentials: await auth.getOwnServiceCredentials() },
        )
      : { items: [] };
    const names = new Map<string, string>();
    people.forEach((ref, i) => {
      const profile = items[i]?.spec?.profile as
        | { displayName?: string }
        | undefined;
      const name = profile?.displayName ?? items[i]?.metadata?.title;
      if (name) {
        names.set(ref, name);
      }
    });
    return ref => names.get(ref) ?? shortName(ref);
  };
}
