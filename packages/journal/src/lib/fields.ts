const EVENT_FIELDS = new Set([
  'seq',
  'type',
  'at',
  'actor',
  'data',
  'prevHash',
  'hash',
]);

/**
 * The first field of an event that no event has. The hash would not cover it,
 * yet a reader might take it for part of the record.
 */
export function unknownField(event: object): string | undefined {
  return Object.keys(event).find(key => !EVENT_FIELDS.has(key));
}
