/**
 * Time as data: recurrence, windows, business time and rotations, each in a
 * time zone. Pure, and the same in browser and back end whatever their zone.
 *
 * @packageDocumentation
 */
export * from './business';
export * from './recurrence';
export * from './rotation';
export * from './windows';
