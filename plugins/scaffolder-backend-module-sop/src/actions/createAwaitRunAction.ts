import { setTimeout as sleep } from 'node:timers/promises';
import { AuthService } from '@backstage/backend-plugin-api';
import { InputError, ResponseError, stringifyError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CLOSED_RUN_STATUSES, RunView } from '@handrail/plugin-sop-common';
import { SopService } from '@handrail/plugin-sop-node';
import { Duration } from 'luxon';
import { explain } from './explain';

const DEFAULT_TIMEOUT = 'PT1H';
const MAX_TIMEOUT_DAYS = 30;
/** Milliseconds between two looks: at first, and at most. */
const FIRST_LOOK = 1_000;
const SELDOM_LOOK = 30_000;
/** Answers in a row that may fail before the wait is given up. */
const MAX_FAILURES = 5;

/** Follows a run until it is over. */
export function createAwaitRunAction(options: {
  auth: AuthService;
  sops: SopService;
  /** Milliseconds; for tests. */
  firstLook?: number;
}) {
  const { auth, sops, firstLook = FIRST_LOOK } = options;
  return createTemplateAction({
    id: 'sop:await-run',
    description:
      'Waits until a run of a standard operating procedure is over and fails unless it was completed, so that a template can require a procedure. Looks less and less often, at most every 30 seconds.',
    supportsDryRun: true,
    examples: [
      {
        description: 'Go on when the review is done',
        example: `steps:
  - id: await
    name: Wait for the procedure
    action: sop:await-run
    input:
      runId: \${{ steps.start.output.runId }}
      timeout: PT4H`,
      },
    ],
    schema: {
      input: {
        runId: z => z.string({ description: 'Id of the run' }).min(1),
        timeout: z =>
          z
            .string({
              description:
                'ISO 8601 duration after which the step fails; default PT1H, at most P30D',
            })
            .optional(),
      },
      output: {
        status: z => z.string({ description: 'How the run ended' }),
        headline: z =>
          z.string({ description: 'One sentence on how it ended' }),
        url: z => z.string({ description: 'Path of the run page' }),
      },
    },
    async handler(ctx) {
      const { runId } = ctx.input;
      const timeout = readTimeout(ctx.input.timeout ?? DEFAULT_TIMEOUT);
      const url = `/sops/runs/${encodeURIComponent(runId)}`;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would wait for run ${runId}`);
        ctx.output('status', 'dry-run');
        ctx.output('headline', 'Not awaited: this is a dry run');
        ctx.output('url', url);
        return;
      }
      // As the initiator at first, which is who must have the right to see it.
      // A person's token does not outlast a long wait.
      let run: RunView;
      try {
        run = await sops.getRun(runId, {
          credentials: await ctx.getInitiatorCredentials(),
        });
      } catch (error) {
        throw explain(error, `Run ${runId} cannot be followed`);
      }
      const look = async () =>
        sops.getRun(runId, {
          credentials: await auth.getOwnServiceCredentials(),
        });
      const end = Date.now() + timeout.toMillis();
      let told = '';
      let failures = 0;
      for (let wait = firstLook; ; wait = Math.min(wait * 1.5, SELDOM_LOOK)) {
        if (run.headline !== told) {
          told = run.headline;
          ctx.logger.info(told);
        }
        if (CLOSED_RUN_STATUSES.includes(run.status)) {
          break;
        }
        const left = end - Date.now();
        if (left <= 0) {
          throw new Error(
            `Run ${runId} is not over after ${timeout.toISO()}: ${
              run.headline
            }. It goes on at ${url}.`,
          );
        }
        await sleep(Math.min(wait, left), undefined, { signal: ctx.signal });
        try {
          run = await look();
          failures = 0;
        } catch (error) {
          failures += 1;
          const gone = (error as ResponseError).statusCode === 404;
          if (gone || failures >= MAX_FAILURES) {
            throw explain(error, `Run ${runId} cannot be followed any more`);
          }
          ctx.logger.warn(
            `Looking at run ${runId} failed: ${stringifyError(error)}`,
          );
        }
      }
      if (run.status !== 'completed') {
        throw new Error(
          `Run ${runId} was not completed but is ${run.status}: ${run.headline}. See ${url}.`,
        );
      }
      ctx.output('status', run.status);
      ctx.output('headline', run.headline);
      ctx.output('url', url);
    },
  });
}

/** @throws InputError when it is no duration, or too long. */
function readTimeout(text: string): Duration {
  const duration = Duration.fromISO(text);
  const days = duration.as('days');
  if (!duration.isValid || !(days > 0) || days > MAX_TIMEOUT_DAYS) {
    throw new InputError(
      `timeout: found "${text}"; allowed: an ISO 8601 duration such as PT4H, more than zero and at most ${MAX_TIMEOUT_DAYS} days`,
    );
  }
  return duration;
}
