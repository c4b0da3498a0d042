import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { SopService } from '@handrail/plugin-sop-node';
import { explain } from './explain';

/** Asks the change gate and, unless told otherwise, fails while it is closed. */
export function createGateAction({ sops }: { sops: SopService }) {
  return createTemplateAction({
    id: 'sop:gate',
    description:
      'Asks the change gate whether an entity may be changed now, with the credentials of whoever runs the template. Fails with every reason while it is closed.',
    supportsDryRun: true,
    examples: [
      {
        description: 'Go on only while the change gate is open',
        example: `steps:
  - id: gate
    name: May it be changed now?
    action: sop:gate
    input:
      entityRef: component:default/payments-api`,
      },
    ],
    schema: {
      input: {
        entityRef: z =>
          z.string({ description: 'Entity ref of what is changed' }).min(1),
        required: z =>
          z
            .boolean({
              description:
                'Fail while the gate is closed (default); else only tell',
            })
            .optional(),
      },
      output: {
        allowed: z => z.boolean({ description: 'Whether the gate is open' }),
        sentence: z => z.string({ description: 'The answer with its reasons' }),
        opensAt: z =>
          z.string({
            description: 'When it opens, if that is known; else empty',
          }),
      },
    },
    async handler(ctx) {
      const { entityRef, required = true } = ctx.input;
      const credentials = await ctx.getInitiatorCredentials();
      let decision;
      try {
        decision = await sops.getGate(entityRef, { credentials });
      } catch (error) {
        throw explain(error, `The change gate did not answer for ${entityRef}`);
      }
      const { allowed, sentence, opensAt, reasons } = decision;
      const blocking = reasons.filter(reason => reason.blocking);
      const who = [
        ...new Set(blocking.flatMap(reason => reason.unblockers ?? [])),
      ];
      const help = [
        opensAt ? `It opens ${opensAt}.` : '',
        who.length ? `Who can help: ${who.join(', ')}.` : '',
      ].filter(Boolean);
      const text = allowed ? sentence : [sentence, ...help].join(' ');
      ctx.logger.info(text);
      if (!allowed && required && !ctx.isDryRun) {
        throw new InputError(text);
      }
      ctx.output('allowed', allowed);
      ctx.output('sentence', sentence);
      ctx.output('opensAt', opensAt ?? '');
    },
  });
}
