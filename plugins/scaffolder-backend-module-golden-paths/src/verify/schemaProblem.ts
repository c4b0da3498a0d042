import { ErrorObject } from 'ajv';
import { describe, placeAt, pointerParts, valueAt } from './places';
import { Problem } from './types';
import { YamlDocument } from './Workspace';

/** What a schema says about a document, with the place in the file. */
export function schemaProblem(
  error: ErrorObject,
  yaml: YamlDocument,
): Omit<Problem, 'path'> {
  const { instancePath, keyword, params } = error;
  const parts = pointerParts(instancePath);
  const where = instancePath || 'the document';
  const message = `${error.message ?? 'is not allowed'} (at ${where})`;
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(
        params.additionalProperty ?? params.unevaluatedProperty,
      );
      const known = Object.keys(
        (error.parentSchema as { properties?: object } | undefined)
          ?.properties ?? {},
      );
      return {
        ...placeAt(yaml, [...parts, name], { key: true }),
        message: `${name} is not known (at ${where})`,
        found: name,
        ...(known.length > 0 ? { allowed: known.join(', ') } : {}),
      };
    }
    case 'required':
      return {
        ...placeAt(yaml, parts),
        message,
        found: 'nothing',
        allowed: String(params.missingProperty),
      };
    case 'enum':
      return {
        ...placeAt(yaml, parts),
        message,
        found: describe(valueAt(yaml.value, parts)),
        allowed: (params.allowedValues as unknown[]).map(describe).join(', '),
      };
    default:
      return {
        ...placeAt(yaml, parts),
        message,
        found: describe(valueAt(yaml.value, parts)),
        allowed: (error.message ?? '').replace(/^must (be|match|have) /, ''),
      };
  }
}
