import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  resolveSafeChildPath,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  createTemplateAction,
  fetchContents,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { GoldenPathsConfig } from '../config';
import { keepAnswers } from '../lock/answers';
import { digestFolder, lockFiles, OWN_FOLDER } from '../lock/files';
import { GoldenPathLock } from '../lock/types';
import { Linters } from '../verify/Linters';
import { Workspace } from '../verify/Workspace';

/** Where a template says its version; the second is what others use. */
const VERSION_ANNOTATIONS = [
  'handrail.dev/template-version',
  'backstage.io/template-version',
];
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-.]+)?(\+[0-9A-Za-z-.]+)?$/;
const LOCK_PATH = `${OWN_FOLDER}lock.yaml`;

/** Writes down what a repository was made of. */
export function createLockAction(options: {
  config: GoldenPathsConfig;
  linters: Linters;
  reader: UrlReaderService;
  integrations: ScmIntegrations;
}) {
  const { config, linters, reader, integrations } = options;
  return createTemplateAction({
    id: 'golden-path:lock',
    description:
      'Writes .golden-path/lock.yaml: the template with version and digest, the answers without secrets, a hash of each file with whose it is, and what the checks said. A task that is tried again writes the same bytes.',
    supportsDryRun: true,
    examples: [
      {
        description: 'After golden-path:verify, before publishing',
        example: `steps:
  - id: lock
    name: Write the lock file
    action: golden-path:lock
    input:
      answers: \${{ parameters }}
      verification: \${{ steps.verify.output.report }}
      ownership:
        template: ['.github/**']
        shared: [catalog-info.yaml]`,
      },
    ],
    schema: {
      input: {
        answers: z =>
          z.record(z.any(), { description: 'What was answered' }).optional(),
        secretAnswers: z =>
          z
            .array(z.string(), {
              description: 'Names or dotted paths that must not be written',
            })
            .optional(),
        verification: z =>
          z
            .record(z.any(), { description: 'Output of golden-path:verify' })
            .optional(),
        ownership: z =>
          z
            .object(
              {
                template: z.array(z.string()).optional(),
                shared: z.array(z.string()).optional(),
              },
              { description: 'Globs; what none names is yours' },
            )
            .strict()
            .optional(),
        version: z =>
          z.string({ description: 'Instead of the annotation' }).optional(),
      },
      output: {
        path: z => z.string({ description: 'Of the lock file' }),
        digest: z => z.string({ description: 'Of the files of the template' }),
        version: z => z.string({ description: 'Of the template' }),
      },
    },
    async handler(ctx) {
      const { templateInfo } = ctx;
      if (!templateInfo?.entityRef || !templateInfo.baseUrl) {
        throw new InputError(
          'golden-path:lock needs a template that is registered: this run has none',
        );
      }
      const version = findVersion(
        ctx.input.version,
        templateInfo.entity?.metadata.annotations,
        templateInfo.entityRef,
      );
      const rendered = await Workspace.read(ctx.workspacePath, config);
      if (rendered.problems.length > 0) {
        const [{ path, message }] = rendered.problems;
        throw new InputError(
          `${path}: ${message}; run golden-path:verify first`,
        );
      }
      const copy = await ctx.createTemporaryDirectory();
      await fetchContents({
        reader,
        integrations,
        baseUrl: templateInfo.baseUrl,
        fetchUrl: '.',
        outputPath: copy,
      });
      const digest = await digestFolder(await Workspace.read(copy, config));
      const { answers, omitted } = await keepAnswers(ctx.input.answers ?? {}, {
        linters,
        secrets: Object.values(ctx.secrets ?? {}),
        secretNames: ctx.input.secretAnswers ?? [],
      });
      const lock: GoldenPathLock = {
        apiVersion: 'handrail.dev/v1alpha1',
        kind: 'GoldenPathLock',
        template: {
          ref: templateInfo.entityRef,
          version,
          digest,
          ...source(templateInfo.baseUrl),
        },
        task: ctx.task.id,
        answers,
        omitted,
        ...verification(ctx.input.verification),
        files: await lockFiles(rendered, ctx.input.ownership ?? {}),
      };
      const file = resolveSafeChildPath(ctx.workspacePath, LOCK_PATH);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, render(lock));
      ctx.logger.info(
        `Locked ${Object.keys(lock.files).length} files of ${
          lock.template.ref
        } ${version}`,
      );
      ctx.output('path', LOCK_PATH);
      ctx.output('digest', digest);
      ctx.output('version', version);
    },
  });
}

/** The lock as YAML: one fact per line, so that a diff shows what changed. */
function render(lock: GoldenPathLock): string {
  return `# Written by the portal; updates of the template start from here.\n${stringify(
    lock,
    { lineWidth: 0, aliasDuplicateObjects: false },
  )}`;
}

function findVersion(
  given: string | undefined,
  annotations: Record<string, string> | undefined,
  template: string,
): string {
  const version =
    given ??
    VERSION_ANNOTATIONS.map(name => annotations?.[name]).find(
      value => value !== undefined,
    );
  if (version === undefined || !SEMVER.test(version)) {
    throw new InputError(
      `${template}: metadata.annotations["${VERSION_ANNOTATIONS[0]}"]: found ${
        version === undefined ? 'nothing' : `"${version}"`
      }; allowed: a semantic version such as 1.0.0`,
    );
  }
  return version;
}

/** A file's place says something about the machine and nothing to a reader. */
function source(baseUrl: string): { source?: string } {
  const url = new URL(baseUrl);
  if (url.protocol === 'file:') {
    return {};
  }
  url.username = '';
  url.password = '';
  return { source: url.href };
}

function verification(
  report: Record<string, any> | undefined,
): Pick<GoldenPathLock, 'verification'> {
  if (!report) {
    return {};
  }
  const { passed, counts, checks, ignored } = report;
  if (
    passed !== true ||
    typeof counts !== 'object' ||
    !Array.isArray(checks) ||
    !Array.isArray(ignored)
  ) {
    throw new InputError(
      'verification: found no passed report; allowed: ${{ steps.<id of golden-path:verify>.output.report }}',
    );
  }
  return {
    verification: {
      passed,
      errors: counts.errors,
      warnings: counts.warnings,
      checks: Object.fromEntries(checks.map(({ id, status }) => [id, status])),
      tools: Object.fromEntries(
        checks
          .filter(({ tool }) => tool)
          .map(({ tool }) => [tool.name, tool.version]),
      ),
      ignored: ignored.map(({ check, path, reason }) => ({
        check,
        path,
        reason,
      })),
    },
  };
}
