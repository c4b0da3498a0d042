import { createHash } from 'node:crypto';

/**
 * What stands for an idempotency key in another system, where it must be short
 * and free of special characters.
 */
export function fingerprint(idempotencyKey: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest('hex');
  return `handrail-${digest.slice(0, 24)}`;
}
