/**
 * Scaffolder actions that verify and lock what a golden path renders.
 *
 * @packageDocumentation
 */
export {};
