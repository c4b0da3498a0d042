import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { MeasuredDatabase, named } from './config';
import { postgresMetrics } from './postgresMetrics';

/** Lets check steps measure a PostgreSQL database. */
export function createPostgresMetricsAction(options: {
  actionsRegistry: ActionsRegistryService;
  databases: Map<string, MeasuredDatabase>;
}): void {
  const { actionsRegistry, databases } = options;
  actionsRegistry.register({
    name: 'postgres-metrics',
    title: 'Measure a PostgreSQL database',
    description:
      'Measures connections, cache, the oldest statement and the size of a database that is configured by name in `sop.measurements.postgres`.',
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          database: z
            .string()
            .describe('Name of the database, never a connection string'),
        }),
      output: z =>
        z.object({
          connectionsUsedPercent: z
            .number()
            .describe('Of those the server or the database allows'),
          cacheHitPercent: z.number().describe('Blocks found in memory'),
          longestQuerySeconds: z.number().describe('Oldest statement'),
          databaseBytes: z.number(),
        }),
    },
    action: async ({ input }) => {
      const database = named(databases, {
        field: 'database',
        name: input.database,
        key: 'sop.measurements.postgres',
      });
      return { output: { ...(await postgresMetrics(database)) } };
    },
  });
}
