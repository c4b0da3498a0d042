/**
 * OpenSLO documents as catalog entities.
 *
 * @packageDocumentation
 */
export {};
