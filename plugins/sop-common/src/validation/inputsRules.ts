import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { Rule, RuleContext } from './context';
import { patternError } from './patterns';
import { describeValue, didYouMean, joinPath } from './problem';
import {
  FORM_KEYWORDS,
  isSchema,
  listSubschemas,
  pointerToPath,
  Schema,
  SCHEMA_KEYWORDS,
  valueAt,
} from './subschemas';

const ROOT = 'spec.inputs';

/** Made once: the compiler itself costs more than most schemas. */
let compiler: Ajv | undefined;

/** `inputs` is a JSON Schema of an object that ends and stays at home. */
export const inputsRule: Rule = context => {
  const { spec, report } = context;
  const inputs: unknown = spec.inputs;
  if (!isSchema(inputs)) {
    return;
  }
  if (inputs.type !== 'object') {
    report({
      path: `${ROOT}.type`,
      message: 'inputs are an object',
      found: describeValue(inputs.type),
      allowed: 'object',
    });
    return;
  }
  compiler ??= createAjv();
  const ajv = compiler;
  let sound = true;
  const strict: RuleContext = {
    ...context,
    report: problem => {
      sound = false;
      report(problem);
    },
  };
  checkRefs(strict, inputs);
  checkRequired(strict, inputs);
  checkKeywords(strict, inputs, Object.keys(ajv.formats));
  if (!sound) {
    return;
  }
  try {
    ajv.compile(inputs);
  } catch (error) {
    const first = ajv.errors?.[0];
    const values: unknown = first?.params.allowedValues;
    report({
      path: pointerToPath(first?.instancePath ?? '', inputs, ROOT),
      message: first?.message ?? (error as Error).message,
      found: describeValue(valueAt(first?.instancePath ?? '', inputs)),
      allowed: Array.isArray(values)
        ? values.join(', ')
        : 'a JSON Schema (draft 7)',
    });
  } finally {
    // Compiled schemas are kept by object, and every document has its own.
    ajv.removeSchema(inputs);
  }
};

function createAjv(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictTuples: false,
  });
  addFormats(ajv);
  ajv.addVocabulary([...FORM_KEYWORDS]);
  return ajv;
}

function checkRequired({ report }: RuleContext, inputs: Schema) {
  const { required, properties } = inputs;
  const known = isSchema(properties) ? Object.keys(properties) : [];
  if (Array.isArray(required)) {
    required.forEach((name, index) => {
      if (typeof name === 'string' && !known.includes(name)) {
        report({
          path: `${ROOT}.required[${index}]`,
          message: `is not among the properties${didYouMean(name, known)}`,
          found: describeValue(name),
          allowed: known.join(', ') || 'nothing, there are no properties',
        });
      }
    });
  }
}

/** What a schema compiler would say without a path, or not at all. */
function checkKeywords(
  { report }: RuleContext,
  inputs: Schema,
  formats: string[],
) {
  const known = [...SCHEMA_KEYWORDS, ...FORM_KEYWORDS];
  for (const { schema, path } of listSubschemas(inputs, ROOT)) {
    for (const key of Object.keys(schema)) {
      if (!known.includes(key)) {
        report({
          path: joinPath(path, key),
          message: `unknown keyword${didYouMean(key, known)}`,
          found: describeValue(key),
          allowed: 'keywords of JSON Schema (draft 7), and ui:… for the form',
        });
      }
    }
    const { format, pattern } = schema;
    if (typeof format === 'string' && !formats.includes(format)) {
      report({
        path: joinPath(path, 'format'),
        message: `unknown format${didYouMean(format, formats)}`,
        found: describeValue(format),
        allowed: formats.join(', '),
      });
    }
    const reason =
      typeof pattern === 'string' ? patternError(pattern) : undefined;
    if (reason !== undefined) {
      report({
        path: joinPath(path, 'pattern'),
        message: reason,
        found: describeValue(pattern),
        allowed: 'a regular expression',
      });
    }
  }
}

/**
 * A ref to elsewhere would make a run depend on what is not pinned, and a ref
 * to itself would let the form grow without end.
 */
function checkRefs({ report }: RuleContext, inputs: Schema) {
  const done = new Set<Schema>();
  const visit = (schema: Schema, path: string, trail: Schema[]) => {
    if (done.has(schema)) {
      return;
    }
    const here = [...trail, schema];
    const { $ref } = schema;
    if (typeof $ref === 'string') {
      const isLocal = $ref.startsWith('#');
      const target = isLocal ? valueAt($ref.slice(1), inputs) : undefined;
      if (!isSchema(target)) {
        report({
          path: joinPath(path, '$ref'),
          message: isLocal ? 'refers to nothing' : 'refers to another document',
          found: describeValue($ref),
          allowed: 'a pointer into these inputs, such as #/definitions/name',
        });
      } else if (here.includes(target)) {
        report({
          path: joinPath(path, '$ref'),
          message: 'cyclic: refers to a schema that it is part of',
          found: describeValue($ref),
          allowed: 'a schema that ends',
        });
      } else {
        visit(target, pointerToPath($ref.slice(1), inputs, ROOT), here);
      }
    }
    for (const child of listSubschemas(schema, path, 1)) {
      visit(child.schema, child.path, here);
    }
    done.add(schema);
  };
  visit(inputs, ROOT, []);
}
