import { posix } from 'node:path';
import { describe, placeAt, pointerParts, valueAt } from '../places';
import { ToolResult } from '../Tools';
import { Problem, Validator, ValidatorContext } from '../types';
import { Workspace } from '../Workspace';

/** Values for one case, by the convention of chart-testing. */
const CASE = /^ci\/[^/]+-values\.ya?ml$/;

/** Charts that Helm lints and renders, with their own values and with each case. */
export const helmValidator: Validator = {
  id: 'helm',
  tool: 'helm',
  select: ({ charts }) => charts,
  async check(charts, context) {
    // Helm follows links, out of the workspace too.
    if (context.workspace.problems.length > 0) {
      return [];
    }
    const problems = charts.map(chart => checkChart(chart, context));
    return (await Promise.all(problems)).flat();
  },
};

async function checkChart(
  chart: string,
  context: ValidatorContext,
): Promise<Problem[]> {
  const { workspace, tools, signal } = context;
  const prefix = chart === '.' ? '' : `${chart}/`;
  const cases = workspace.texts
    .filter(path => path.startsWith(prefix))
    .map(path => path.slice(prefix.length))
    .filter(path => CASE.test(path));
  const cwd = workspace.absolute(chart);
  // Linting lets `fail` and `required` pass, so that rendering is what counts.
  const calls: Array<{ command: string[]; values?: string }> = [
    { command: ['lint', '.', '--strict'] },
    { command: ['template', 'verify', '.'] },
    ...cases.map(values => ({
      command: ['template', 'verify', '.', '--values', `./${values}`],
      values,
    })),
  ];
  const results = await Promise.all(
    calls.map(async ({ command, values }) => ({
      values,
      result: await tools.run('helm', command, { cwd, signal }),
    })),
  );
  // The first to fail; those that follow would say the same again.
  const failed = results.find(({ result }) => result.code !== 0);
  return failed
    ? explain(failed.result, { workspace, prefix, values: failed.values })
    : [];
}

interface Subject {
  workspace: Workspace;
  /** Of the chart's folder, with a slash at its end. */
  prefix: string;
  values?: string;
}

function explain(result: ToolResult, subject: Subject): Problem[] {
  const { stdout, stderr } = result;
  const blocks = `${stdout}\n`
    .split(/^(?=\[(?:ERROR|WARNING|INFO)\]|==>)/m)
    .filter(block => /^\[(ERROR|WARNING)\]/.test(block))
    .map(block => block.replace(/^\[\w+\] /, ''));
  const texts = blocks.length > 0 ? blocks : [stderr.replace(/^Error: /, '')];
  const problems = texts.flatMap(text => explainBlock(text, subject));
  const seen = new Set<string>();
  return problems.filter(problem => {
    const key = JSON.stringify(problem);
    return !seen.has(key) && seen.add(key);
  });
}

function explainBlock(block: string, subject: Subject): Problem[] {
  const { workspace, prefix, values } = subject;
  const refused = [...block.matchAll(/^.*?- at '([^'\n]*)': (.+)$/gm)];
  if (refused.length > 0) {
    return refused.map(match => refusedValue(match, subject));
  }
  const text = block
    .replace(/\n\s*Use --debug flag[^\n]*/, '')
    .replace(/\s*\n\s*/g, ' ')
    .split(`${workspace.root}/`)
    .join('')
    .trim();
  const suffix = values ? ` (with ${values})` : '';
  const at =
    /([\w.-]+\/)?((?:templates|charts)\/[^\s:()"]+):(\d+)(?::(\d+))?/.exec(
      text,
    );
  if (at) {
    const [, , file, line, column] = at;
    return [
      {
        path: `${prefix}${file}`,
        line: Number(line),
        // Go counts from 0.
        ...(column ? { column: Number(column) + 1 } : {}),
        message: `${text}${suffix}`,
        allowed: 'what Helm renders',
      },
    ];
  }
  const named =
    /(?:^|\s)(?:[\w.-]+\/)?((?:templates\/[^\s:]+)|Chart\.yaml|values\.yaml)\b/.exec(
      text,
    );
  return [
    {
      path: `${prefix}${named?.[1] ?? 'Chart.yaml'}`,
      message: `${text || 'Helm failed without a message'}${suffix}`,
      allowed: 'what helm lint --strict accepts',
    },
  ];
}

/** A value that the chart's schema refuses, in the file that sets it. */
function refusedValue(
  [, pointer, reason]: RegExpMatchArray,
  { workspace, prefix, values }: Subject,
): Problem {
  const parts = pointerParts(pointer);
  const path = [values, 'values.yaml']
    .filter((name): name is string => name !== undefined)
    .map(name => posix.join(prefix, name))
    .find(
      name =>
        workspace.has(name) &&
        valueAt(workspace.yaml(name)[0]?.value, parts) !== undefined,
    );
  const file = path ?? posix.join(prefix, values ?? 'values.yaml');
  const yaml = workspace.has(file) ? workspace.yaml(file)[0] : undefined;
  return {
    path: file,
    ...(yaml ? placeAt(yaml, parts) : {}),
    message: `values.schema.json refuses ${pointer || 'the values'}: ${reason}`,
    found: describe(valueAt(yaml?.value, parts)),
    allowed: /want (.+)$/.exec(reason)?.[1] ?? 'what values.schema.json says',
  };
}
