import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import giteaModule from '@backstage/plugin-scaffolder-backend-module-gitea';
import { JsonObject } from '@backstage/types';
import request from 'supertest';
import { VerificationReport } from '..';
import goldenPaths from '..';
import { LoadedTemplate } from './template';

/** A file of the workspace at its end. */
export interface RenderedFile {
  path: string;
  bytes: Buffer;
  text: string;
  executable: boolean;
}

/** How rendering a template went. */
export interface Rendering {
  /** What the schema of the form says about the answers; empty: it takes them. */
  refused: Array<{ property: string; message: string }>;
  /** Why the run stopped. */
  error?: string;
  /** Empty unless the run came to its end. */
  files: Map<string, RenderedFile>;
  /** The output of the template. */
  output: Record<string, unknown>;
  /** What `golden-path:verify` wrote, where the template keeps its report. */
  report?: VerificationReport;
  log: string[];
  /** Writes the workspace into a folder, to install, build and start it. */
  writeTo(folder: string): Promise<void>;
}

/** A scaffolder that renders templates and publishes nothing. */
export interface Templates {
  render(
    template: LoadedTemplate,
    answers: object,
    options?: { secrets?: Record<string, string> },
  ): Promise<Rendering>;
  stop(): Promise<void>;
}

/**
 * Starts a scaffolder with the actions of this package. It renders through the
 * real API for dry runs: `golden-path:*` really run, publishing and registering
 * are left out.
 */
export async function startTemplates(
  options: { config?: JsonObject } = {},
): Promise<Templates> {
  const host = 'localhost:7007';
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            gitea: [
              {
                host,
                baseUrl: `http://${host}/api/git-host`,
                username: 'portal',
                password: 'none',
              },
            ],
          },
          scaffolder: {
            defaultEnvironment: {
              parameters: {
                repositoryType: 'gitea',
                repositoryHost: host,
                repositoryOwner: 'hollowbrook',
              },
            },
          },
          ...options.config,
        },
      }),
      scaffolderPlugin,
      giteaModule,
      goldenPaths,
      catalogServiceMock.factory(),
    ],
  });

  return {
    async render(template, answers, { secrets = {} } = {}) {
      const { status, body } = await request(backend.server)
        .post('/api/scaffolder/v2/dry-run')
        .set('Authorization', mockCredentials.user.header())
        .send({
          template: template.entity,
          values: answers,
          secrets,
          directoryContents: template.contents,
        });
      const files = new Map<string, RenderedFile>();
      for (const file of body.directoryContents ?? []) {
        const bytes = Buffer.from(file.base64Content, 'base64');
        files.set(file.path, {
          path: file.path,
          bytes,
          text: bytes.toString('utf8'),
          executable: Boolean(file.executable),
        });
      }
      const report = files.get('.golden-path/report.json');
      return {
        refused: (body.errors ?? []).map(
          ({ property, message }: { property: string; message: string }) => ({
            property: property.replace(/^instance\.?/, ''),
            message,
          }),
        ),
        error:
          status === 200 || body.errors
            ? undefined
            : body.error?.message ?? `status ${status}`,
        files,
        output: body.output ?? {},
        report: report && JSON.parse(report.text),
        log: (body.log ?? []).map(
          (entry: { body: { message: string } }) => entry.body.message,
        ),
        async writeTo(folder) {
          for (const { path, bytes, executable } of files.values()) {
            const target = resolveSafeChildPath(folder, path);
            await mkdir(dirname(target), { recursive: true });
            await writeFile(target, bytes, {
              mode: executable ? 0o755 : 0o644,
            });
          }
        },
      };
    },
    stop: async () => {
      await backend.stop();
    },
  };
}
