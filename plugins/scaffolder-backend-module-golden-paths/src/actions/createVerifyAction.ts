import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { GoldenPathsConfig } from '../config';
import { Linters } from '../verify/Linters';
import { Tools } from '../verify/Tools';
import { CHECK_IDS, VerificationReport } from '../verify/types';
import {
  formatFinding,
  IgnoreRule,
  summarize,
  verifyWorkspace,
} from '../verify/verifyWorkspace';
import { Workspace } from '../verify/Workspace';

/** Findings that the message of a failed step repeats; all are in the log. */
const SHOWN = 30;

/** Checks what a template rendered and stops the run when something is wrong. */
export function createVerifyAction(options: {
  config: GoldenPathsConfig;
  tools: Tools;
  linters: Linters;
}) {
  const { config, tools, linters } = options;
  return createTemplateAction({
    id: 'golden-path:verify',
    description:
      'Checks what was rendered: YAML, JSON, catalog entities, workflows, Helm charts, Prometheus rules, procedures, SLOs, secrets and placeholders. Fails with every finding, before anything is published.',
    supportsDryRun: true,
    examples: [
      {
        description:
          'Check the workspace and keep the report in the repository',
        example: `steps:
  - id: verify
    name: Check what was rendered
    action: golden-path:verify
    input:
      reportPath: .golden-path/report.json`,
      },
      {
        description: 'Accept a finding',
        example: `steps:
  - id: verify
    action: golden-path:verify
    input:
      ignore:
        - check: secrets
          path: test/fixtures/**
          reason: Keys made for the tests`,
      },
    ],
    schema: {
      input: {
        path: z =>
          z
            .string({
              description: 'Folder of the workspace; default all of it',
            })
            .optional(),
        checks: z =>
          z
            .array(z.enum(CHECK_IDS), { description: 'Default: all' })
            .min(1)
            .optional(),
        ignore: z =>
          z
            .array(
              z.object({
                check: z.enum(['*', ...CHECK_IDS]),
                path: z.string({ description: 'Glob of the files' }).min(1),
                reason: z.string({ description: 'Kept in the report' }).min(3),
              }),
              { description: 'Findings that are known and accepted' },
            )
            .optional(),
        reportPath: z =>
          z
            .string({
              description:
                'Where the report is written; default: it is not written',
            })
            .min(1)
            .optional(),
      },
      output: {
        report: z => z.record(z.any(), { description: 'What was found' }),
        passed: z =>
          z.boolean({ description: 'True: the step fails otherwise' }),
        errors: z => z.number(),
        warnings: z => z.number(),
        summary: z => z.string({ description: 'One sentence' }),
      },
    },
    async handler(ctx) {
      const { path = '.', checks, reportPath } = ctx.input;
      const folder = resolveSafeChildPath(ctx.workspacePath, path);
      const report = await verifyWorkspace({
        workspace: await Workspace.read(folder, config),
        tools,
        linters,
        checks,
        ignore: ctx.input.ignore as IgnoreRule[] | undefined,
        optional: config.optional,
        signal: ctx.signal,
      });
      for (const finding of report.findings) {
        const level = finding.severity === 'error' ? 'error' : 'warn';
        ctx.logger[level](formatFinding(finding));
      }
      for (const { path: skipped, reason } of report.skipped) {
        ctx.logger.info(`Not checked: ${skipped} (${reason})`);
      }
      if (!report.passed) {
        throw new InputError(explainFailure(report));
      }
      if (reportPath) {
        const file = resolveSafeChildPath(ctx.workspacePath, reportPath);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
      }
      ctx.logger.info(summarize(report));
      ctx.output('report', report);
      ctx.output('passed', report.passed);
      ctx.output('errors', report.counts.errors);
      ctx.output('warnings', report.counts.warnings);
      ctx.output('summary', summarize(report));
    },
  });
}

function explainFailure(report: VerificationReport): string {
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const lines = errors.slice(0, SHOWN).map(formatFinding);
  if (errors.length > SHOWN) {
    lines.push(`and ${errors.length - SHOWN} more, see the log`);
  }
  return [`Nothing was published: ${summarize(report)}`, ...lines].join('\n');
}
