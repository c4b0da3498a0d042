import { posix } from 'node:path';
import { isMap, isScalar, visit } from 'yaml';
import { placeOf, Place } from '../places';
import { Problem, Validator, ValidatorContext } from '../types';
import { isRecord, YamlDocument } from '../Workspace';

/** Rules that promtool accepts, and whose unit tests pass. */
export const prometheusValidator: Validator = {
  id: 'prometheus',
  tool: 'promtool',
  select: workspace => [
    ...workspace.yamlWhere(isRules),
    ...workspace.yamlWhere(isTest),
  ],
  async check(paths, context) {
    // A glob of rule files could follow a link out of the workspace.
    if (context.workspace.problems.length > 0) {
      return [];
    }
    const problems = paths.map(path => {
      const value = context.workspace.yaml(path)[0]?.value;
      return isRecord(value) && isTest(value)
        ? testRules(path, value, context)
        : checkRules(path, context);
    });
    return (await Promise.all(problems)).flat();
  },
};

function isRules({ groups }: Record<string, unknown>): boolean {
  return (
    Array.isArray(groups) &&
    groups.some(group => isRecord(group) && Array.isArray(group.rules))
  );
}

function isTest(value: Record<string, unknown>): boolean {
  return (
    Array.isArray(value.rule_files) && !Array.isArray(value.scrape_configs)
  );
}

async function checkRules(
  path: string,
  { workspace, tools, signal }: ValidatorContext,
): Promise<Problem[]> {
  const { code, stdout, stderr } = await tools.run(
    'promtool',
    ['check', 'rules', '--lint-fatal', `./${path}`],
    { cwd: workspace.root, signal },
  );
  if (code === 0) {
    return [];
  }
  const lines = clean(`${stdout}\n${stderr}`, path);
  const yaml = workspace.yaml(path)[0];
  const twice = lines
    .map(line => /^Metric: (.+)$/.exec(line)?.[1])
    .filter((name): name is string => name !== undefined);
  if (twice.length > 0) {
    return twice.map(name => ({
      path,
      ...placeOfScalar(yaml, name, { last: true }),
      message: 'the rule stands there twice, with the same name and labels',
      found: name,
      allowed: 'each rule once',
    }));
  }
  return lines.map(line => {
    const placed = /^(?:(\d+):(\d+): |line (\d+): )(.*)$/.exec(line);
    const quoted = /: "([^"]+)"$/.exec(line)?.[1];
    const place: Place = placed
      ? {
          line: Number(placed[1] ?? placed[3]),
          ...(placed[2] ? { column: Number(placed[2]) } : {}),
        }
      : placeOfScalar(yaml, quoted);
    return {
      path,
      ...place,
      message: placed?.[4] ?? line,
      ...(quoted && !placed ? { found: quoted } : {}),
      allowed: 'rules that Prometheus loads',
    };
  });
}

async function testRules(
  path: string,
  test: Record<string, unknown>,
  { workspace, tools, signal }: ValidatorContext,
): Promise<Problem[]> {
  const yaml = workspace.yaml(path)[0];
  const outside = outsideFiles(path, test, yaml);
  if (outside.length > 0) {
    return outside;
  }
  const { code, stdout, stderr } = await tools.run(
    'promtool',
    ['test', 'rules', `./${path}`],
    { cwd: workspace.root, signal },
  );
  if (code === 0) {
    return [];
  }
  const lines = clean(`${stdout}\n${stderr}`, path);
  const shape = lines
    .map(line => /^line (\d+): (.*)$/.exec(line))
    .filter((match): match is RegExpExecArray => match !== null);
  if (shape.length > 0) {
    return shape.map(([, line, message]) => ({
      path,
      line: Number(line),
      message,
      allowed: 'the format of promtool test rules',
    }));
  }
  const text = lines
    .filter(line => !/^name: .*,$/.test(line))
    .join(' ')
    .replace(/\s+/g, ' ');
  const cases = text.split(/(?=alertname: |expr: )/).filter(one => one.trim());
  return (cases.length > 0 ? cases : ['failed without a message']).map(one => {
    const name = /^alertname: ([^,]+), time: (\w+)/.exec(one);
    return {
      path,
      ...(name ? placeOfTest(yaml, name[1], name[2]) : {}),
      message: `the unit test fails: ${one.trim().slice(0, 1_000)}`,
      found: /got:(.*)$/.exec(one)?.[1].trim().slice(0, 200) || 'nothing',
      allowed:
        /exp:(.*?),? ?got:/.exec(one)?.[1].trim().slice(0, 200) || 'success',
    };
  });
}

/** Rule files that promtool would read outside of the workspace. */
function outsideFiles(
  path: string,
  test: Record<string, unknown>,
  yaml: YamlDocument,
): Problem[] {
  return (test.rule_files as unknown[]).flatMap((entry): Problem[] => {
    const file = String(entry);
    const target = posix.normalize(posix.join(posix.dirname(path), file));
    return posix.isAbsolute(file) ||
      file.includes('\\') ||
      target === '..' ||
      target.startsWith('../')
      ? [
          {
            path,
            ...placeOfScalar(yaml, file),
            message: 'rule_files leaves the workspace',
            found: file,
            allowed: 'files of the workspace, relative to the test',
          },
        ]
      : [];
  });
}

/** What promtool printed about a file, without headings. */
function clean(output: string, path: string): string[] {
  return output
    .split('\n')
    .map(line => line.trim())
    .map(line =>
      [`./${path}: `, `${path}: `].reduce(
        (text, prefix) =>
          text.startsWith(prefix) ? text.slice(prefix.length) : text,
        line,
      ),
    )
    .filter(
      line =>
        line !== '' &&
        !/^(Checking|Unit Testing:|FAILED:?|SUCCESS|yaml: unmarshal errors:)/.test(
          line,
        ),
    );
}

function placeOfScalar(
  yaml: YamlDocument,
  value?: string,
  options: { last?: boolean } = {},
): Place {
  let place: Place = {};
  visit(yaml.document, {
    Scalar(_key, node) {
      if (value === undefined || String(node.value) !== value || !node.range) {
        return undefined;
      }
      place = placeOf(yaml, node.range[0]);
      return options.last ? undefined : visit.BREAK;
    },
  });
  return place;
}

function placeOfTest(yaml: YamlDocument, name: string, time: string): Place {
  let place: Place = {};
  visit(yaml.document, {
    Map(_key, node) {
      const alert = node.get('alertname', true);
      if (
        isScalar(alert) &&
        isMap(node) &&
        String(alert.value) === name &&
        sameTime(String(node.get('eval_time')), time) &&
        alert.range
      ) {
        place = placeOf(yaml, alert.range[0]);
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return place;
}

const SECONDS: Record<string, number> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** `60s` is `1m`: promtool prints times in its own way. */
function sameTime(a: string, b: string): boolean {
  const seconds = (text: string) =>
    [...text.matchAll(/(\d+)([smhdw])/g)].reduce(
      (sum, [, amount, unit]) => sum + Number(amount) * SECONDS[unit],
      0,
    );
  return seconds(a) === seconds(b);
}
