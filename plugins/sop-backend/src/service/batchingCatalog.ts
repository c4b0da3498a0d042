import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import DataLoader from 'dataloader';

/** Entities in one request. */
const MAX_REFS = 500;

/**
 * A catalog that answers questions about single entities together: those that
 * are asked in the same turn of the event loop, by the same caller, make one
 * request. Nothing is kept for later.
 */
export function batchingCatalog(catalog: CatalogService): CatalogService {
  const loaders = new WeakMap<
    BackstageCredentials,
    DataLoader<string, Entity | undefined>
  >();
  const loaderOf = (credentials: BackstageCredentials) => {
    let loader = loaders.get(credentials);
    if (!loader) {
      loader = new DataLoader(
        async entityRefs => {
          const distinct = [...new Set(entityRefs)];
          if (distinct.length === 1) {
            const entity = await catalog.getEntityByRef(distinct[0], {
              credentials,
            });
            return entityRefs.map(() => entity);
          }
          const { items } = await catalog.getEntitiesByRefs(
            { entityRefs: distinct },
            { credentials },
          );
          const found = new Map(distinct.map((ref, i) => [ref, items[i]]));
          return entityRefs.map(ref => found.get(ref));
        },
        {
          cache: false,
          maxBatchSize: MAX_REFS,
          batchScheduleFn: run => {
            setImmediate(run);
          },
        },
      );
      loaders.set(credentials, loader);
    }
    return loader;
  };
  return new Proxy(catalog, {
    get(target, property) {
      if (property === 'getEntityByRef') {
        const one: CatalogService['getEntityByRef'] = async (ref, options) =>
          typeof ref === 'string'
            ? loaderOf(options.credentials).load(ref)
            : target.getEntityByRef(ref, options);
        return one;
      }
      const value = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
