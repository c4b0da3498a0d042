/**
 * Extension points and service refs of the SLO back end.
 *
 * @packageDocumentation
 */
export {};
