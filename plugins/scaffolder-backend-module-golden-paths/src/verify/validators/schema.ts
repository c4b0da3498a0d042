import { posix } from 'node:path';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parseDocument, LineCounter } from 'yaml';
import { schemaProblem } from '../schemaProblem';
import { chartSchema, packageSchema } from '../schemas';
import { perFile, Problem, Validator } from '../types';
import { isRecord, Workspace, YamlDocument } from '../Workspace';

const OPTIONS = {
  allErrors: true,
  // The schema around an error names what is allowed.
  verbose: true,
  strict: false,
  logger: false,
} as const;
const VALUES = /(^|\/)(values|ci\/[^/]*values)\.ya?ml$/;

const ajv = addFormats(new Ajv(OPTIONS));
const KNOWN: Record<string, ValidateFunction> = {
  'package.json': ajv.compile(packageSchema),
  'Chart.yaml': ajv.compile(chartSchema),
};

/** The schema of a chart that a values file must satisfy. */
function valuesSchema(workspace: Workspace, path: string): string | undefined {
  if (!VALUES.test(path)) {
    return undefined;
  }
  const folder = posix.dirname(path);
  return [folder, posix.dirname(folder)]
    .map(one => posix.join(one, 'values.schema.json'))
    .find(one => workspace.has(one));
}

function isSchemaFile(path: string): boolean {
  return path.endsWith('.schema.json');
}

/** Files whose schema is known, and schemas themselves. */
export const schemaValidator: Validator = {
  id: 'schema',
  select: workspace =>
    workspace
      .withExtension('.json', '.yaml', '.yml')
      .filter(
        path =>
          posix.basename(path) in KNOWN ||
          isSchemaFile(path) ||
          valuesSchema(workspace, path) !== undefined,
      ),
  check: perFile(({ path, text }, { workspace }) => {
    const yaml = path.endsWith('.json')
      ? parseJsonPlaces(text)
      : workspace.yaml(path)[0];
    if (!yaml || yaml.value === undefined) {
      return []; // Does not parse: the YAML and JSON checks say so.
    }
    const known = KNOWN[posix.basename(path)];
    if (known) {
      return against(known, yaml, path);
    }
    if (isSchemaFile(path)) {
      const { problem } = compileFile(workspace, path);
      return problem ? [{ path, line: 1, column: 1, ...problem }] : [];
    }
    const schema = valuesSchema(workspace, path);
    const { validate } = schema
      ? compileFile(workspace, schema)
      : { validate: undefined };
    if (!validate) {
      return [];
    }
    // Values for one case are laid over the chart's own before they count.
    return posix.basename(path) === 'values.yaml'
      ? against(validate, yaml, path)
      : against(validate, yaml, path).filter(
          ({ message }) => !message.startsWith('must have required'),
        );
  }),
};

function against(
  validate: ValidateFunction,
  yaml: YamlDocument,
  path: string,
): Problem[] {
  if (validate(yaml.value)) {
    return [];
  }
  return (validate.errors as ErrorObject[]).map(error => ({
    path,
    ...schemaProblem(error, yaml),
  }));
}

interface Compiled {
  validate?: ValidateFunction;
  problem?: Pick<Problem, 'message' | 'allowed'>;
}

const compiled = new WeakMap<Workspace, Map<string, Compiled>>();

/** The schema in a JSON file, compiled once for everything that it describes. */
function compileFile(workspace: Workspace, path: string): Compiled {
  const known = compiled.get(workspace) ?? new Map<string, Compiled>();
  compiled.set(workspace, known);
  const result =
    known.get(path) ??
    compile(parseJsonPlaces(workspace.text(path).text)?.value);
  known.set(path, result);
  return result;
}

function compile(schema: unknown): Compiled {
  const allowed = 'JSON schema, draft 7 or 2020-12';
  if (!isRecord(schema)) {
    return { problem: { message: 'is no JSON schema', allowed } };
  }
  try {
    const modern = String(schema.$schema ?? '').includes('2020-12');
    // A new one each time: a schema must not find another by its $id.
    const compiler = modern ? new Ajv2020(OPTIONS) : new Ajv(OPTIONS);
    return { validate: addFormats(compiler).compile(schema) };
  } catch (error) {
    return { problem: { message: (error as Error).message, allowed } };
  }
}

/** JSON with the place of everything in it; nothing when it is no JSON. */
function parseJsonPlaces(text: string): YamlDocument | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    return { document, lines, value };
  } catch {
    return undefined;
  }
}
