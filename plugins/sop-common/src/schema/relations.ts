/** From an entity to each procedure that governs it. @public */
export const RELATION_GOVERNED_BY = 'governedBy';

/** From a procedure to each entity that it governs. @public */
export const RELATION_APPLIES_TO = 'appliesTo';
