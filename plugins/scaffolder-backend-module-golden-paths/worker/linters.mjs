/**
 * Linters that are ES modules only, in a thread of their own: they load the
 * same way from source, from a build and in tests, and one that hangs can be
 * ended. Each message is `{ id, kind, path, text }`; the answer is
 * `{ id, findings }` or `{ id, error }`.
 */
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import './jsonModules.mjs';

// secretlint times its rules and keeps every mark for good: it gets slower with
// each file, and a mark that it no longer finds ends the thread.
performance.mark = () => undefined;

const SILENT = { error() {}, info() {}, verbose() {} };

let workflowParser;
async function lintWorkflow({ path, text }) {
  workflowParser ??= await import('@actions/workflow-parser');
  const { parseWorkflow, convertWorkflowTemplate } = workflowParser;
  const { context, value } = parseWorkflow(
    { name: path, content: text },
    SILENT,
  );
  if (value) {
    await convertWorkflowTemplate(context, value);
  }
  return context.errors.getErrors().map(({ rawMessage, range }) => ({
    message: rawMessage,
    line: range?.start.line,
    column: range?.start.column,
  }));
}

let secretlint;
async function lintSecrets({ path, text }) {
  secretlint ??= await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const [{ lintSource }, { creator }] = secretlint;
  const { messages } = await lintSource({
    source: { filePath: path, content: text, contentType: 'text' },
    options: {
      maskSecrets: true,
      noPhysicFilePath: true,
      config: {
        rules: [
          { id: '@secretlint/secretlint-rule-preset-recommend', rule: creator },
        ],
      },
    },
  });
  return messages.map(({ messageId, ruleId, loc }) => ({
    // The message itself would quote what was found.
    message: messageId,
    rule: ruleId,
    line: loc.start.line,
    column: loc.start.column + 1,
  }));
}

/** Some errors have no message, and some are several in one. */
function describe(error) {
  const several = error?.errors?.map(describe).join('; ');
  return error?.message || several || error?.name || String(error);
}

const KINDS = { workflow: lintWorkflow, secrets: lintSecrets };

parentPort.on('message', async ({ id, kind, path, text }) => {
  try {
    parentPort.postMessage({ id, findings: await KINDS[kind]({ path, text }) });
  } catch (error) {
    parentPort.postMessage({ id, error: describe(error) });
  }
});
