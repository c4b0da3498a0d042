import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  OPENSLO_API_VERSION,
  SloDefinition,
  toSloDefinition,
  validateOpenSlo,
} from '@handrail/plugin-slo-common';

/** Reads the SLOs of the catalog. */
export class Definitions {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
    },
  ) {}

  /** @throws whatever the catalog throws; nothing is known then */
  async load(): Promise<SloDefinition[]> {
    const { auth, catalog, logger } = this.options;
    const { items } = await catalog.getEntities(
      { filter: { kind: ['SLO', 'SLI', 'DataSource'] } },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const documents = items.filter(
      entity => entity.apiVersion === OPENSLO_API_VERSION,
    );
    const keyOf = (kind: string, namespace: string, name: string) =>
      `${kind}:${namespace}/${name}`.toLocaleLowerCase('en-US');
    const byKey = new Map(
      documents.map((entity): [string, Entity] => [
        keyOf(
          entity.kind,
          entity.metadata.namespace ?? 'default',
          entity.metadata.name,
        ),
        entity,
      ]),
    );
    return documents
      .filter(entity => entity.kind === 'SLO')
      .flatMap(entity => {
        const isBroken = validateOpenSlo(entity).some(
          problem => problem.severity === 'error',
        );
        if (isBroken) {
          logger.warn(`${entity.metadata.name} is not a valid SLO; left out`);
          return [];
        }
        const namespace = entity.metadata.namespace ?? 'default';
        return [
          toSloDefinition(entity, {
            find: (kind, name) => byKey.get(keyOf(kind, namespace, name)),
          }),
        ];
      });
  }
}
