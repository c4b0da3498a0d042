import schema from './SOP.v1alpha1.schema.json';

/**
 * JSON Schema (draft 7) of the SOP kind. Tools may use it as it is; the rules
 * that a schema cannot express are in `validateSop`.
 * @public
 */
export const sopSchema: object = schema;

export * from './relations';
