import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';
import type { SloProblem, ValidationResult } from '../api';
import { documentSchema } from './schema';
import { checkSli, checkSlo } from './semantics';
import { show } from './show';
import {
  OPENSLO_API_VERSION,
  OPENSLO_KINDS,
  OpenSloKind,
  SliSpec,
  SloSpec,
} from './types';

const validators = new Map<OpenSloKind, ValidateFunction>();

function validatorOf(kind: OpenSloKind): ValidateFunction {
  let validate = validators.get(kind);
  if (!validate) {
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      allowUnionTypes: true,
      strictTypes: false,
    });
    validate = ajv.compile(documentSchema(kind));
    validators.set(kind, validate);
  }
  return validate;
}

/**
 * Everything wrong or doubtful in one OpenSLO v1 document. Errors forbid its
 * registration; warnings do not.
 * @public
 */
export function validateOpenSlo(document: unknown): SloProblem[] {
  if (
    typeof document !== 'object' ||
    document === null ||
    Array.isArray(document)
  ) {
    return [
      {
        path: '',
        severity: 'error',
        message: 'is not a document',
        found: show(document),
        allowed: 'an object with apiVersion, kind, metadata and spec',
      },
    ];
  }
  const { apiVersion, kind, spec } = document as Record<string, unknown>;
  const head: SloProblem[] = [];
  if (apiVersion !== OPENSLO_API_VERSION) {
    head.push({
      path: '/apiVersion',
      severity: 'error',
      message: 'is not supported',
      found: show(apiVersion),
      allowed: OPENSLO_API_VERSION,
    });
  }
  if (!OPENSLO_KINDS.includes(kind as OpenSloKind)) {
    head.push({
      path: '/kind',
      severity: 'error',
      message: 'is not a kind of OpenSLO',
      found: show(kind),
      allowed: OPENSLO_KINDS.join(', '),
    });
  }
  if (head.length > 0) {
    return head;
  }
  const validate = validatorOf(kind as OpenSloKind);
  if (!validate(document)) {
    return (validate.errors ?? []).map(toProblem);
  }
  if (kind === 'SLO') {
    return checkSlo(spec as SloSpec);
  }
  return kind === 'SLI' ? checkSli(spec as SliSpec, '/spec') : [];
}

/**
 * Checks YAML of one or more documents. The path of a problem begins with the
 * number of its document when there are several.
 * @public
 */
export function validateOpenSloYaml(content: string): ValidationResult {
  const parsed = parseAllDocuments(content);
  const documents = Array.isArray(parsed) ? parsed : [];
  const problems = documents.flatMap((document, index): SloProblem[] => {
    const prefix = documents.length > 1 ? `/${index}` : '';
    const found: SloProblem[] =
      document.errors.length > 0
        ? document.errors.map(error => ({
            path: '',
            severity: 'error',
            message: `is not YAML: ${error.message.split('\n')[0]}`,
          }))
        : validateOpenSlo(toPlain(document));
    return found.map(problem => ({ ...problem, path: prefix + problem.path }));
  });
  if (documents.length === 0) {
    problems.push({
      path: '',
      severity: 'error',
      message: 'there is no document',
      allowed: 'YAML with at least one OpenSLO document',
    });
  }
  return { documents: documents.length, problems };
}

function toPlain(document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch {
    // Too many aliases, or one without an anchor.
    return undefined;
  }
}

/** One problem as a line of text. @public */
export function formatSloProblem(problem: SloProblem): string {
  const { path, message, found, allowed } = problem;
  return [
    `${path || '/'}: ${message}`,
    ...(found === undefined ? [] : [`found ${found}`]),
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
  ].join('; ');
}

function toProblem(error: ErrorObject): SloProblem {
  const { instancePath, keyword, params, data } = error;
  const base = { path: instancePath, severity: 'error' as const };
  const found = show(data);
  switch (keyword) {
    case 'required':
      return {
        path: `${instancePath}/${params.missingProperty}`,
        severity: 'error',
        message: 'is missing',
        found: 'nothing',
        allowed: 'a value',
      };
    case 'enum':
      return {
        ...base,
        message: 'is not allowed',
        found,
        allowed: params.allowedValues.join(', '),
      };
    case 'const':
      return {
        ...base,
        message: 'is not allowed',
        found,
        allowed: show(params.allowedValue),
      };
    case 'type':
      return {
        ...base,
        message: 'has the wrong type',
        found,
        allowed: [params.type].flat().join(' or '),
      };
    case 'pattern':
      return {
        ...base,
        message: 'is not well formed',
        found,
        allowed: describePattern(instancePath, params.pattern),
      };
    default:
      return {
        ...base,
        message: 'is out of range',
        found,
        allowed: (error.message ?? '').replace(/^must /, 'it must '),
      };
  }
}

function describePattern(path: string, pattern: string): string {
  if (path.endsWith('/startTime')) {
    return 'a local time such as 2026-01-31 12:00:00';
  }
  return pattern.includes('mhdwMQY')
    ? 'a whole number and one of m (minutes), h, d, w, M (months), Q, Y, such as 28d'
    : pattern;
}
