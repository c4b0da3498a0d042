import { createHash } from 'node:crypto';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { IncidentSummary } from '@handrail/plugin-incidents-common';
import { IncidentsService } from '../service/IncidentsService';

/** Registers all actions of the plugin. */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  service: IncidentsService;
}): void {
  registerList(options);
  registerGet(options);
  registerDeclare(options);
}

type Options = Parameters<typeof registerActions>[0];

function toOutput(incident: IncidentSummary) {
  return {
    incidentId: incident.incidentId,
    reference: incident.reference,
    title: incident.title,
    severity: incident.severity,
    status: incident.status,
    open: incident.open,
    entityRefs: incident.entityRefs,
    commander: incident.commander,
    declaredAt: incident.declaredAt,
    resolvedAt: incident.resolvedAt,
    headline: incident.headline,
    nextDueAt: incident.next?.dueAt,
  };
}

type Zod = Parameters<
  Parameters<ActionsRegistryService['register']>[0]['schema']['output']
>[0];

const outputShape = (z: Zod) => ({
  incidentId: z.string(),
  reference: z.string().describe('For people, such as INC-12'),
  title: z.string(),
  severity: z.string(),
  status: z.string(),
  open: z.boolean(),
  entityRefs: z.array(z.string()),
  commander: z.string().optional().describe('Who is in command'),
  declaredAt: z.string().optional(),
  resolvedAt: z.string().optional(),
  headline: z.string().describe('What is due next, by whom'),
  nextDueAt: z.string().optional(),
});

function registerList({ actionsRegistry, service }: Options): void {
  actionsRegistry.register({
    name: 'list',
    title: 'List incidents',
    description:
      'Lists incidents, newest first: all, open ones, or those that affect a catalog entity.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .optional()
            .describe('Entity ref, for example component:default/checkout'),
          open: z
            .boolean()
            .optional()
            .describe('Only open ones, or only others'),
          severity: z.array(z.string()).optional(),
          limit: z.number().int().min(1).max(100).optional(),
        }),
      output: z =>
        z.object({
          total: z.number(),
          incidents: z.array(z.object(outputShape(z))),
        }),
    },
    action: async ({ input, credentials }) => {
      const page = await service.listIncidents(input, { credentials });
      return {
        output: { total: page.total, incidents: page.items.map(toOutput) },
      };
    },
  });
}

function registerGet({ actionsRegistry, service }: Options): void {
  actionsRegistry.register({
    name: 'get',
    title: 'Read an incident',
    description:
      'Tells where an incident stands: severity, commander, impact, what is due next and by whom, and the latest update.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          incidentId: z.string().describe('Id, or reference such as INC-12'),
        }),
      output: z =>
        z.object({
          ...outputShape(z),
          impact: z.string().optional(),
          cause: z.string().optional(),
          mitigation: z.string().optional(),
          latestUpdate: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const view = await service.getIncident(input, { credentials });
      return {
        output: {
          ...toOutput(view),
          impact: view.impact?.statement,
          cause: view.cause,
          mitigation: view.mitigation?.statement,
          latestUpdate: view.updates[0]?.message,
        },
      };
    },
  });
}

function registerDeclare({ actionsRegistry, service }: Options): void {
  actionsRegistry.register({
    name: 'declare',
    title: 'Declare an incident',
    description:
      'Declares an incident and starts its duties. The same requestId gives the same incident, so a call can be repeated. Nobody is put in command by it.',
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          title: z.string().min(1).max(200),
          severity: z.string().describe('Such as SEV-2'),
          description: z.string().max(10_000).optional(),
          entityRefs: z.array(z.string()).max(50).optional(),
          drill: z.boolean().optional(),
          requestId: z
            .string()
            .min(1)
            .max(200)
            .describe('Anything unique to this intention to declare'),
        }),
      output: z => z.object(outputShape(z)),
    },
    action: async ({ input, credentials }) => {
      const { requestId, ...request } = input;
      const commandId = createHash('sha256').update(requestId).digest('hex');
      const view = await service.declare(
        { ...request, commandId },
        { credentials },
      );
      return { output: toOutput(view) };
    },
  });
}
