import { readFile, stat } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { formatProblem, validateSop } from '@handrail/plugin-sop-common';
import { parseAllDocuments } from 'yaml';

/** Greatest size of a file with procedures, in bytes. */
const MAX_FILE_SIZE = 1_000_000;

/** Fails a template whose rendered procedure could not be registered. */
export function createValidateAction() {
  return createTemplateAction({
    id: 'sop:validate',
    description:
      'Checks a YAML file of the workspace that holds standard operating procedures and fails with every problem it finds.',
    supportsDryRun: true,
    examples: [
      {
        description: 'Check what the skeleton rendered',
        example: `steps:
  - id: validate
    name: Check the procedure
    action: sop:validate
    input:
      path: procedure.yaml`,
      },
    ],
    schema: {
      input: {
        path: z =>
          z.string({ description: 'Of the file, in the workspace' }).min(1),
      },
      output: {
        text: z => z.string({ description: 'What the file says' }),
        count: z => z.number({ description: 'How many procedures it holds' }),
      },
    },
    async handler(ctx) {
      const { path } = ctx.input;
      const text = await readWorkspaceFile(ctx.workspacePath, path);
      const documents = parseAllDocuments(text).filter(
        document => document.errors.length > 0 || document.contents !== null,
      );
      if (documents.length === 0) {
        throw new InputError(`${path} is empty; expected a procedure`);
      }
      const problems = documents.flatMap((document, index) => {
        const where =
          documents.length > 1 ? `${path}, document ${index + 1}` : path;
        const found = document.errors.length
          ? document.errors.map(error => error.message)
          : validateSop(document.toJS()).map(formatProblem);
        return found.map(problem => `${where}: ${problem}`);
      });
      if (problems.length > 0) {
        throw new InputError(problems.join('\n'));
      }
      ctx.logger.info(`${path} holds nothing but valid procedures`);
      ctx.output('text', text);
      ctx.output('count', documents.length);
    },
  });
}

async function readWorkspaceFile(
  workspace: string,
  path: string,
): Promise<string> {
  const file = resolveSafeChildPath(workspace, path);
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) {
    throw new InputError(
      `path: found "${path}", which is no file of the workspace`,
    );
  }
  if (info.size > MAX_FILE_SIZE) {
    throw new InputError(
      `path: "${path}" has ${info.size} bytes; allowed: at most ${MAX_FILE_SIZE}`,
    );
  }
  return readFile(file, 'utf8');
}
