import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { sopPolicySchema, sopSchema } from '../schema';
import { describeValue, didYouMean, joinPath, SopProblem } from './problem';
import { pointerToPath } from './subschemas';

/** The parts of the schema that messages are made from. */
interface SchemaNode {
  $ref?: string;
  type?: string;
  const?: string;
  enum?: string[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  description?: string;
  discriminator?: { propertyName: string };
  properties?: Record<string, SchemaNode>;
  propertyNames?: SchemaNode;
}

type Schema = { definitions: Record<string, SchemaNode> };

const SCHEMAS = {
  SOP: sopSchema as Schema,
  SOPPolicy: sopPolicySchema as Schema,
};

/** The kinds share what has the same name. */
const definitions: Record<string, SchemaNode> = {
  ...SCHEMAS.SOP.definitions,
  ...SCHEMAS.SOPPolicy.definitions,
};

/** Documents deeper or larger than this are refused before anything recurses. */
const MAX_DEPTH = 64;
const MAX_VALUES = 100_000;

const compiled = new Map<keyof typeof SCHEMAS, ValidateFunction>();

function compile(kind: keyof typeof SCHEMAS): ValidateFunction {
  const known = compiled.get(kind);
  if (known) {
    return known;
  }
  const validate = new Ajv({
    allErrors: true,
    verbose: true,
    discriminator: true,
  }).compile(SCHEMAS[kind]);
  compiled.set(kind, validate);
  return validate;
}

/**
 * Checks the document against the JSON Schema of the kind. Every problem has
 * the path of the value it is about and is about the variant (step type,
 * evidence kind) that the document itself names.
 */
export function findShapeProblems(
  entity: unknown,
  kind: keyof typeof SCHEMAS = 'SOP',
): SopProblem[] {
  const tooLarge = findSizeProblem(entity);
  if (tooLarge) {
    return [tooLarge];
  }
  const validate = compile(kind);
  if (validate(entity)) {
    return [];
  }
  const errors = validate.errors ?? [];
  const unions = errors.filter(error => error.keyword === 'anyOf');
  return errors
    .filter(error => !unions.some(union => isInside(error, union)))
    .map(error => toProblem(error, entity))
    .filter((problem): problem is SopProblem => problem !== undefined);
}

/** Also stops at cyclic values, which YAML aliases can produce. */
function findSizeProblem(entity: unknown): SopProblem | undefined {
  const open: Array<{ value: unknown; depth: number }> = [
    { value: entity, depth: 0 },
  ];
  let count = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    count += 1;
    if (depth > MAX_DEPTH || count > MAX_VALUES) {
      return {
        path: '',
        message: 'the document is too deep or too large',
        allowed: `at most ${MAX_DEPTH} levels and ${MAX_VALUES} values`,
      };
    }
    if (typeof value === 'object' && value !== null) {
      for (const child of Object.values(value)) {
        open.push({ value: child, depth: depth + 1 });
      }
    }
  }
  return undefined;
}

function isInside(error: ErrorObject, union: ErrorObject): boolean {
  return (
    error.schemaPath.startsWith(`${union.schemaPath}/`) &&
    error.instancePath.startsWith(union.instancePath)
  );
}

function toProblem(
  error: ErrorObject,
  entity: unknown,
): SopProblem | undefined {
  const path = pointerToPath(error.instancePath, entity, '');
  const parent = error.parentSchema as SchemaNode;
  const found = describeValue(error.data);
  switch (error.keyword) {
    case 'required': {
      const key: string = error.params.missingProperty;
      return {
        path: joinPath(path, key),
        message: 'is required',
        found: 'nothing',
        allowed:
          parent.discriminator?.propertyName === key
            ? tagsOf(parent).join(', ')
            : describeSchema(parent.properties?.[key]),
      };
    }
    case 'additionalProperties':
      return unknownProperty(error, path, parent);
    case 'discriminator': {
      const { tag, tagValue } = error.params;
      if (tagValue === undefined) {
        // The missing property is reported by `required`.
        return undefined;
      }
      const tags = tagsOf(parent);
      return {
        path: joinPath(path, tag),
        message: `unknown ${tag}${didYouMean(String(tagValue), tags)}`,
        found: describeValue(tagValue),
        allowed: tags.join(', '),
      };
    }
    case 'enum': {
      const values: string[] = error.params.allowedValues;
      return {
        path,
        message: `is not allowed${didYouMean(String(error.data), values)}`,
        found,
        allowed: values.join(', '),
      };
    }
    case 'const': {
      const value = String(error.params.allowedValue);
      return {
        path,
        message: `is not allowed${didYouMean(String(error.data), [value])}`,
        found,
        allowed: value,
      };
    }
    case 'propertyNames': {
      const key: string = error.params.propertyName;
      return {
        path: joinPath(path, key),
        message: 'is not a valid name',
        found: describeValue(key),
        allowed: describeSchema(parent.propertyNames),
      };
    }
    case 'type':
      return {
        path,
        message: typeMessage(error),
        found,
        allowed: describeSchema(parent),
      };
    case 'pattern':
      return isNameError(error)
        ? undefined
        : {
            path,
            message: 'has the wrong form',
            found,
            allowed: describeSchema(parent),
          };
    default:
      return isNameError(error)
        ? undefined
        : { path, found, ...limitMessage(error, parent) };
  }
}

/** Errors about a property's name repeat what `propertyNames` says. */
function isNameError(error: ErrorObject): boolean {
  return error.propertyName !== undefined;
}

function typeMessage(error: ErrorObject): string {
  const isScalar = ['number', 'boolean'].includes(typeof error.data);
  return error.params.type === 'string' && isScalar
    ? 'must be text; write it in quotes'
    : `must be ${typeName(error.params.type)}`;
}

function limitMessage(
  error: ErrorObject,
  parent: SchemaNode,
): Pick<SopProblem, 'message' | 'allowed'> {
  const { limit } = error.params;
  switch (error.keyword) {
    case 'minItems':
      return { message: 'is too short', allowed: `at least ${limit}` };
    case 'maxItems':
      return { message: 'is too long', allowed: `at most ${limit}` };
    case 'minLength':
      return { message: 'must not be empty', allowed: 'text' };
    case 'maxLength':
      return {
        message: 'is too long',
        allowed: `at most ${limit} characters`,
      };
    case 'minProperties':
      return { message: 'must not be empty', allowed: 'at least 1 property' };
    case 'maxProperties':
      return {
        message: 'has too many properties',
        allowed: `at most ${limit}`,
      };
    case 'uniqueItems':
      return {
        message: `items ${error.params.j} and ${error.params.i} are equal`,
        allowed: 'different items',
      };
    case 'minimum':
    case 'maximum':
    case 'anyOf':
      return { message: 'is not allowed', allowed: describeSchema(parent) };
    default:
      return { message: error.message ?? 'is not allowed' };
  }
}

function unknownProperty(
  error: ErrorObject,
  path: string,
  parent: SchemaNode,
): SopProblem {
  const key: string = error.params.additionalProperty;
  const known = Object.keys(parent.properties ?? {});
  const variant = variantOf(parent);
  const owners = variant
    ? variant.siblings
        .filter(sibling => sibling.node.properties?.[key] !== undefined)
        .map(sibling => sibling.tag)
    : [];
  return {
    path: joinPath(path, key),
    message:
      variant && owners.length > 0
        ? `does not belong to ${variant.tagName} ${
            variant.tag
          }, only to ${owners.join(', ')}`
        : `unknown property${didYouMean(key, known)}`,
    found: describeValue(key),
    allowed: known.join(', '),
  };
}

interface Variant {
  tagName: string;
  tag: string;
  siblings: Array<{ tag: string; node: SchemaNode }>;
}

/** The discriminated union that a schema is a variant of, if any. */
function variantOf(schemaNode: SchemaNode): Variant | undefined {
  for (const union of Object.values(definitions)) {
    const tagName = union.discriminator?.propertyName;
    if (tagName === undefined) {
      continue;
    }
    const siblings = (union.oneOf ?? []).map(option => {
      const node = resolve(option);
      return { tag: node.properties?.[tagName].const ?? '', node };
    });
    const self = siblings.find(({ node }) => node === schemaNode);
    if (self) {
      return { tagName, tag: self.tag, siblings };
    }
  }
  return undefined;
}

function tagsOf(union: SchemaNode): string[] {
  const tagName = union.discriminator?.propertyName ?? '';
  return (union.oneOf ?? []).map(
    option => resolve(option).properties?.[tagName].const ?? '',
  );
}

function resolve(node: SchemaNode): SchemaNode {
  return node.$ref
    ? definitions[node.$ref.slice('#/definitions/'.length)]
    : node;
}

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  array: 'a list',
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

/** What a schema allows, in words. */
function describeSchema(unresolved: SchemaNode | undefined): string {
  if (!unresolved) {
    return 'a value';
  }
  const node = resolve(unresolved);
  if (node.const !== undefined) {
    return node.const;
  }
  if (node.enum) {
    return node.enum.join(', ');
  }
  if (node.anyOf) {
    return node.anyOf.map(describeSchema).join(', ');
  }
  if (node.pattern) {
    return `text that matches ${node.pattern}`;
  }
  if (node.minimum !== undefined && node.maximum !== undefined) {
    return `${typeName(node.type ?? 'number')} from ${node.minimum} to ${
      node.maximum
    }`;
  }
  if (node.type === 'object' && node.properties && !node.oneOf) {
    return `an object with ${Object.keys(node.properties).join(', ')}`;
  }
  return typeName(node.type ?? 'value');
}
