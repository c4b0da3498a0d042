/** Role of those who review a skipped gate; its number follows, from 0. */
export const REVIEW_ROLE = 'glass-review:';
