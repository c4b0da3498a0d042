import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { named, PrometheusServer } from './config';
import { prometheusQuery } from './prometheusQuery';

/** Lets check steps ask a Prometheus for one number. */
export function createPrometheusQueryAction(options: {
  actionsRegistry: ActionsRegistryService;
  servers: Map<string, PrometheusServer>;
}): void {
  const { actionsRegistry, servers } = options;
  actionsRegistry.register({
    name: 'prometheus-query',
    title: 'Ask Prometheus',
    description: `Runs an instant query on a Prometheus that is configured by name in \`sop.measurements.prometheus\` and returns the one number it comes to.

No data, \`NaN\` and several series are errors.`,
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          server: z.string().describe('Name of the server, never a URL'),
          query: z.string().min(1).max(2000).describe('PromQL'),
        }),
      output: z => z.object({ value: z.number() }),
    },
    action: async ({ input }) => {
      const server = named(servers, {
        field: 'server',
        name: input.server,
        key: 'sop.measurements.prometheus',
      });
      return { output: { value: await prometheusQuery(server, input.query) } };
    },
  });
}
