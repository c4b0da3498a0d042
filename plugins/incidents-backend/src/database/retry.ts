/** PostgreSQL: deadlock, serialization failure. SQLite: somebody else writes. */
const AGAIN = ['40P01', '40001', 'SQLITE_BUSY'];

const TRIES = 4;

/**
 * Tries a transaction again that the database gave up for the sake of another
 * one. Any other error is thrown on at once.
 */
export async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const code = (error as { code?: string } | undefined)?.code ?? '';
      if (tries >= TRIES || !AGAIN.includes(code)) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 20 * tries));
    }
  }
}
