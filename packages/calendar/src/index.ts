/**
 * Business time, windows and recurrence.
 *
 * @packageDocumentation
 */
export {};
