import { JsonObject } from '@backstage/types';
import { ProcedureProblem, SopSpec } from '@handrail/plugin-sop-common';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { problemError } from './errors';

/** Greatest size of the inputs of a run, in bytes of their JSON. */
export const MAX_INPUTS_SIZE = 100_000;

/**
 * The inputs of a run with the defaults of the procedure filled in. Inputs the
 * procedure does not know are refused also where its schema lets them pass, so
 * that a misspelt name never starts a run that lacks it.
 *
 * @throws InputError with `problems` whose paths begin with `inputs`.
 */
export function acceptInputs(spec: SopSpec, given: JsonObject): JsonObject {
  const json = JSON.stringify(given);
  const size = Buffer.byteLength(json);
  if (size > MAX_INPUTS_SIZE) {
    throw problemError('The inputs are too large', [
      {
        path: 'inputs',
        message: 'too large; keep it elsewhere and give a link',
        found: `${size} bytes`,
        allowed: `at most ${MAX_INPUTS_SIZE}`,
      },
    ]);
  }
  const known = Object.keys(spec.inputs?.properties ?? {});
  const problems: ProcedureProblem[] = Object.keys(given)
    .filter(name => !known.includes(name))
    .map(name => ({
      path: `inputs.${name}`,
      message: 'this procedure has no such input',
      found: name,
      allowed: known.join(', ') || 'no inputs',
    }));
  // A copy, as validation fills in defaults.
  const inputs: JsonObject = JSON.parse(json);
  if (spec.inputs) {
    const validate = compile(spec.inputs);
    if (!validate(inputs)) {
      problems.push(
        ...(validate.errors ?? [])
          .filter(error => !isUnknownInput(error))
          .map(error => toProblem(error, inputs)),
      );
    }
  }
  if (problems.length > 0) {
    throw problemError('The inputs are not acceptable', problems);
  }
  return inputs;
}

const compiled = new WeakMap<object, ValidateFunction>();

function compile(schema: object): ValidateFunction {
  let validate = compiled.get(schema);
  if (!validate) {
    // One instance per schema: it keeps what it compiles for as long as it
    // lives.
    const ajv = new Ajv({ allErrors: true, strict: false, useDefaults: true });
    addFormats(ajv);
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  return validate;
}

/** Reported by name already. */
function isUnknownInput(error: ErrorObject): boolean {
  return error.keyword === 'additionalProperties' && error.instancePath === '';
}

function toProblem(error: ErrorObject, inputs: JsonObject): ProcedureProblem {
  const segments = error.instancePath
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const { missingProperty, allowedValues, additionalProperty } =
    error.params as Record<string, unknown>;
  const last = missingProperty ?? additionalProperty;
  const path = ['inputs', ...segments, ...(last ? [String(last)] : [])];
  return {
    path: path.join('.'),
    message: missingProperty ? 'required' : error.message ?? 'not acceptable',
    found: missingProperty ? 'nothing' : describe(segments, inputs),
    allowed: Array.isArray(allowedValues)
      ? allowedValues.join(', ')
      : undefined,
  };
}

function describe(segments: string[], inputs: JsonObject): string {
  let value: unknown = inputs;
  for (const segment of segments) {
    value = (value as Record<string, unknown>)?.[segment];
  }
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
