import sop from './SOP.v1alpha1.schema.json';
import policy from './SOPPolicy.v1alpha1.schema.json';

/**
 * JSON Schema (draft 7) of the SOP kind. Tools may use it as it is; the rules
 * that a schema cannot express are in `validateSop`.
 * @public
 */
export const sopSchema: object = sop;

const stepType = {
  enum: sop.definitions.step.oneOf.map(
    ({ $ref }) =>
      (
        sop.definitions as unknown as Record<
          string,
          { properties: { type: { const: string } } }
        >
      )[$ref.slice('#/definitions/'.length)].properties.type.const,
  ),
  description: 'Type of a step.',
};

/** The definitions that both kinds share stand in the schema of procedures. */
const shared = Object.fromEntries(
  Object.entries(sop.definitions).filter(([name]) =>
    /^(stepId|evidence.*|.*Evidence)$/.test(name),
  ),
);

/**
 * JSON Schema (draft 7) of the SOPPolicy kind; the rules that a schema cannot
 * express are in `validateSopPolicy`.
 * @public
 */
export const sopPolicySchema: object = {
  ...policy,
  definitions: { ...policy.definitions, ...shared, stepType },
};

export * from './relations';
