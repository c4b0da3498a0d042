import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../src/config.ts';

describe('configuration', () => {
  it('has a default for everything', () => {
    assert.deepEqual(readConfig({}), {
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'info',
      drainMs: 2_000,
      shutdownMs: 10_000,
    });
  });

  it('reads the environment', () => {
    const env = {
      HOST: '::',
      PORT: '0',
      LOG_LEVEL: 'error',
      DRAIN_MS: '7',
      SHUTDOWN_MS: '5',
    };
    assert.deepEqual(readConfig(env), {
      host: '::',
      port: 0,
      logLevel: 'error',
      drainMs: 7,
      shutdownMs: 5,
    });
  });

  for (const [name, value, allowed] of [
    ['PORT', 'http', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['PORT', '80.5', 'a whole number from 0 to 65535'],
    ['SHUTDOWN_MS', '1e3', 'a whole number from 0 to 600000'],
    ['LOG_LEVEL', 'verbose', 'debug, info, error'],
  ] as const) {
    it(`refuses ${name}=${value} and says what is allowed`, () => {
      assert.throws(
        () => readConfig({ [name]: value }),
        (error: Error) =>
          error.message.startsWith(`${name}: found "${value}"`) &&
          error.message.endsWith(allowed),
      );
    });
  }
});
