/**
 * Tour kind, milestones, permissions and API client.
 *
 * @packageDocumentation
 */
export {};
