import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { sopGateReadPermission } from '@handrail/plugin-sop-common';
import { GateService } from '../gate';

/** Lets check steps, templates and agents ask the change gate. */
export function createGateAction(options: {
  actionsRegistry: ActionsRegistryService;
  gate: GateService;
}): void {
  const { actionsRegistry, gate } = options;
  actionsRegistry.register({
    name: 'gate',
    title: 'Ask the change gate',
    description: `Answers whether an entity may be changed in production now, with every reason.

A spent error budget, an open incident or a closed window of a policy closes the gate; so does a contributor that cannot be asked.`,
    visibilityPermission: sopGateReadPermission,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('Full entity ref, such as component:default/checkout'),
        }),
      output: z =>
        z.object({
          allowed: z.boolean(),
          sentence: z.string().describe('The decision with every reason'),
          opensAt: z.string().optional().describe('When it opens, if known'),
          reasons: z.array(
            z.object({
              source: z.string(),
              code: z.string(),
              sentence: z.string(),
              blocking: z.boolean(),
              until: z.string().optional(),
              unblockers: z.array(z.string()).optional(),
              href: z.string().optional(),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'May it be deployed?',
        input: { entityRef: 'component:default/checkout' },
        output: {
          allowed: true,
          sentence: 'Checkout may be changed now.',
          reasons: [],
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { allowed, sentence, opensAt, reasons } = await gate.getGate(
        input,
        { credentials },
      );
      return { output: { allowed, sentence, opensAt, reasons } };
    },
  });
}
