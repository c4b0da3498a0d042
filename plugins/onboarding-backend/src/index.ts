/**
 * Tour progress, milestones and API.
 *
 * @packageDocumentation
 */
export {};
