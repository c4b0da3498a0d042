/** What incidents affect. */
export const AFFECTED_KINDS = [
  'component',
  'system',
  'api',
  'resource',
  'domain',
];

/** Who can own something. */
export const OWNER_KINDS = ['user', 'group'];
