/** Everything that differs between environments. */
export interface Config {
  host: string;
  /** 0 takes a free port. */
  port: number;
  logLevel: LogLevel;
  /** How long `/ready` says no before the service stops listening, in milliseconds. */
  drainMs: number;
  /** How long requests in flight may take once the service is told to stop, in milliseconds. */
  shutdownMs: number;
}

export const LOG_LEVELS = ['debug', 'info', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Env = Record<string, string | undefined>;

function wholeNumber(env: Env, name: string, fallback: number, max: number) {
  const text = env[name];
  if (text === undefined || text === '') {
    return fallback;
  }
  if (!/^\d{1,9}$/.test(text) || Number(text) > max) {
    throw new Error(
      `${name}: found "${text}", allowed is a whole number from 0 to ${max}`,
    );
  }
  return Number(text);
}

/**
 * Reads the configuration from the environment.
 * @throws Error that names the variable, what was found and what is allowed
 */
export function readConfig(env: Env): Config {
  const logLevel = env.LOG_LEVEL || 'info';
  if (!LOG_LEVELS.includes(logLevel as LogLevel)) {
    throw new Error(
      `LOG_LEVEL: found "${logLevel}", allowed are ${LOG_LEVELS.join(', ')}`,
    );
  }
  return {
    host: env.HOST || '0.0.0.0',
    port: wholeNumber(env, 'PORT', 8080, 65_535),
    logLevel: logLevel as LogLevel,
    drainMs: wholeNumber(env, 'DRAIN_MS', 2_000, 600_000),
    shutdownMs: wholeNumber(env, 'SHUTDOWN_MS', 10_000, 600_000),
  };
}
