import { createHash } from 'node:crypto';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { SopService } from '@handrail/plugin-sop-node';
import { explain } from './explain';

/** Starts a run of a procedure as the person who runs the template. */
export function createStartRunAction({ sops }: { sops: SopService }) {
  return createTemplateAction({
    id: 'sop:start-run',
    description:
      'Starts a run of a standard operating procedure with the credentials of whoever runs the template. A task that is tried again finds the run it started before.',
    supportsDryRun: true,
    examples: [
      {
        description: 'Start a data change',
        example: `steps:
  - id: start
    name: Start the procedure
    action: sop:start-run
    input:
      sopRef: sop:default/data-change
      targetRef: resource:default/orders-db
      inputs:
        ticket: DATA-31
        summary: Correct the currency of two orders
        database: orders`,
      },
    ],
    schema: {
      input: {
        sopRef: z =>
          z.string({ description: 'Entity ref of the procedure' }).min(1),
        targetRef: z =>
          z
            .string({ description: 'Entity ref of what the run is about' })
            .optional(),
        inputs: z =>
          z
            .record(z.any(), { description: 'As spec.inputs of the procedure' })
            .optional(),
      },
      output: {
        runId: z => z.string({ description: 'Id of the run' }),
        url: z => z.string({ description: 'Path of the run page' }),
        headline: z =>
          z.string({ description: 'One sentence on where the run stands' }),
      },
    },
    async handler(ctx) {
      const { sopRef, targetRef, inputs } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would start ${sopRef}${targetRef ? ` for ${targetRef}` : ''}`,
        );
        ctx.output('runId', 'dry-run');
        ctx.output('url', '/sops');
        ctx.output('headline', 'Not started: this is a dry run');
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const commandId = createHash('sha256')
        .update(JSON.stringify([ctx.task.id, ctx.step?.id, ctx.each]))
        .digest('hex');
      const started = await ctx.checkpoint({
        key: `sop-start-${commandId}`,
        fn: async () => {
          try {
            const run = await sops.startRun(
              { sopRef, targetRef, inputs, commandId },
              { credentials },
            );
            return { runId: run.runId, headline: run.headline };
          } catch (error) {
            throw explain(error, `${sopRef} was not started`);
          }
        },
      });
      ctx.logger.info(`Started ${sopRef}: ${started.headline}`);
      ctx.output('runId', started.runId);
      ctx.output('url', `/sops/runs/${encodeURIComponent(started.runId)}`);
      ctx.output('headline', started.headline);
    },
  });
}
