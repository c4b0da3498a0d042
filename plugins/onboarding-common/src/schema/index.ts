import schema from './Tour.v1alpha1.schema.json';

/**
 * JSON Schema (draft 7) of the Tour kind. What a schema cannot express is in
 * `validateTour`.
 * @public
 */
export const tourSchema: object = schema;
