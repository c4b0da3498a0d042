/**
 * SLO evaluation, budgets and API.
 *
 * @packageDocumentation
 */
export {};
