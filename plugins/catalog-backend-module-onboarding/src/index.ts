/**
 * The Tour kind for the catalog.
 *
 * @packageDocumentation
 */
export {};
