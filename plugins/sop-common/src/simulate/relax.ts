import { JsonObject, JsonValue } from '@backstage/types';
import { JSONSchema7 } from 'json-schema';
import { PolicyRevision } from '../model/policy';
import { EvidenceField, SopSpec, SopStep } from '../model/types';
import { SimulationAssumptions } from './types';

/**
 * A procedure that nothing but order, people and time can stop: texts that
 * people will write and measurements that will be taken are not known, so they
 * are taken to be as they should, unless an assumption gives them.
 */
export function relaxSpec(
  spec: SopSpec,
  assumptions: SimulationAssumptions,
): SopSpec {
  const known = (step: SopStep) => assumptions.steps?.[step.id];
  function relax(step: SopStep): SopStep {
    switch (step.type) {
      case 'manual':
        return known(step)?.evidence
          ? step
          : {
              ...step,
              assert: undefined,
              evidence: step.evidence?.map(anyText),
            };
      case 'check':
        return known(step)?.output === undefined
          ? { ...step, expect: 'true', input: {} }
          : { ...step, input: {} };
      case 'wait':
        // A guard that holds changes nothing; one that is to fail fails at once.
        return known(step)?.outcome === 'fail'
          ? step
          : { ...step, guard: undefined };
      case 'action':
        return { ...step, input: {} };
      case 'listen':
        return { ...step, correlate: 'true' };
      case 'run':
        return { ...step, inputs: {}, target: undefined };
      case 'forEach':
        return within(step);
      case 'parallel':
        return { ...step, branches: step.branches.map(within) };
      case 'switch':
        return {
          ...step,
          cases: step.cases.map(within),
          ...(step.default ? { default: within(step.default) } : {}),
        };
      default:
        return step;
    }
  }
  function within<T extends { steps: SopStep[] }>(part: T): T {
    return { ...part, steps: part.steps.map(relax) };
  }
  // Its title may need inputs that nobody has given yet.
  const { runTitle: _, ...rest } = within(spec);
  return rest;
}

/** Inputs with something for what is not given: defaults, else anything. */
export function sampleInputs(
  schema: SopSpec['inputs'],
  given: JsonObject = {},
): JsonObject {
  const properties = Object.entries(schema?.properties ?? {});
  return {
    ...Object.fromEntries(
      properties.flatMap(([name, property]) =>
        typeof property === 'object' ? [[name, sampleInput(property)]] : [],
      ),
    ),
    ...given,
  };
}

function sampleInput(property: JSONSchema7): JsonValue {
  const known = property.default ?? property.enum?.[0];
  if (known !== undefined) {
    return known as JsonValue;
  }
  switch (property.type) {
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return property.minimum ?? 0;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return '';
  }
}

/** Policies whose evidence takes any text. */
export function relaxPolicies(
  policies: readonly PolicyRevision[],
): PolicyRevision[] {
  return policies.map(policy => ({
    ...policy,
    spec: {
      ...policy.spec,
      ...(policy.spec.requireEvidence
        ? { requireEvidence: policy.spec.requireEvidence.map(anyText) }
        : {}),
    },
  }));
}

function anyText({ pattern: _, ...field }: EvidenceField): EvidenceField {
  return field;
}

/** A value that the field takes. */
export function sampleEvidence(
  fields: EvidenceField[] = [],
): Record<string, string | number | boolean> {
  return Object.fromEntries(fields.map(field => [field.id, sample(field)]));
}

function sample(field: EvidenceField): string | number | boolean {
  switch (field.kind) {
    case 'number':
      return field.minimum ?? field.maximum ?? 0;
    case 'boolean':
      return true;
    case 'url':
      return 'https://example.org/';
    case 'choice':
      return field.options?.[0] ?? '';
    case 'entity':
      return 'component:default/example';
    default:
      return 'example'.slice(0, field.maxLength);
  }
}
