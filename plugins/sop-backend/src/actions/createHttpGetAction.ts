import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ServiceUnavailableError } from '@backstage/errors';
import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { SopEndpoint } from '../config';
import { EndpointError, httpGet } from './httpGet';

/** Lets check steps read what a named endpoint says. */
export function createHttpGetAction(options: {
  actionsRegistry: ActionsRegistryService;
  endpoints: Map<string, SopEndpoint>;
}): void {
  const { actionsRegistry, endpoints } = options;
  actionsRegistry.register({
    name: 'http-get',
    title: 'Read an HTTP endpoint',
    description: `Sends a GET to an endpoint that is configured by name in \`sop.endpoints\` and returns its answer.

Any status is an answer, not an error: compare \`status\` or \`ok\`. \`body\` is parsed when the answer says it is JSON. At most 60 kB and 10 seconds; redirects to other hosts are not followed.`,
    // Whoever may start a procedure can have it read endpoints anyway.
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          endpoint: z
            .string()
            .describe('Name of an endpoint in sop.endpoints, never a URL'),
          path: z
            .string()
            .max(2000)
            .optional()
            .describe('Added to the URL of the endpoint; begins with /'),
        }),
      output: z =>
        z.object({
          status: z.number().describe('HTTP status'),
          ok: z.boolean().describe('The status is 2xx'),
          body: z.unknown().describe('JSON, or text when it is not JSON'),
          durationMs: z.number().describe('Milliseconds until it was read'),
        }),
    },
    examples: [
      {
        title: 'Ask a monitor',
        input: { endpoint: 'synthetic-monitor', path: '/status' },
        output: {
          status: 200,
          ok: true,
          body: { status: 'green' },
          durationMs: 12,
        },
      },
    ],
    action: async ({ input }) => {
      try {
        return { output: await httpGet(input, { endpoints }) };
      } catch (error) {
        if (error instanceof EndpointError) {
          throw new ServiceUnavailableError(error.message);
        }
        throw error;
      }
    },
  });
}
