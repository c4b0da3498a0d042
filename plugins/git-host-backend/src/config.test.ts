import { resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { DEVELOPMENT_PASSWORD, readGitHostConfig } from './config';

const base = {
  directory: '/srv/repositories',
  organizations: ['hollowbrook'],
  accounts: [{ username: 'portal', password: 'long enough' }],
};

function read(
  gitHost: JsonObject | undefined,
  options: { production?: boolean; backend?: JsonObject } = {},
) {
  const { production = false, backend = {} } = options;
  return readGitHostConfig(
    mockServices.rootConfig({ data: { gitHost, backend } }),
    { production },
  );
}

describe('readGitHostConfig', () => {
  it('hosts nothing without configuration', () => {
    expect(read(undefined)).toBeUndefined();
  });

  it('is closed to anonymous readers and takes 256 MiB unless said otherwise', () => {
    expect(read(base)).toEqual({
      ...base,
      anonymousRead: false,
      maxPushSize: 256 * 1024 * 1024,
    });
  });

  it('puts repositories beside the SQLite files', () => {
    const { directory: _, ...rest } = base;
    const backend = { database: { connection: { directory: '../data' } } };
    expect(read(rest, { backend })?.directory).toBe(
      resolve('../data/repositories'),
    );
    for (const connection of [':memory:', { host: 'db' }]) {
      expect(() =>
        read(rest, { backend: { database: { connection } } }),
      ).toThrow(/^gitHost.directory is missing/);
    }
  });

  it('refuses the shipped password in production only', () => {
    const shipped = {
      ...base,
      accounts: [{ username: 'portal', password: DEVELOPMENT_PASSWORD }],
    };
    expect(read(shipped)).toBeDefined();
    expect(() => read(shipped, { production: true })).toThrow(
      /^gitHost.accounts\[0\].password is the one of the shipped/,
    );
  });

  it.each<[JsonObject, RegExp]>([
    [{ organizations: [] }, /^gitHost.organizations is empty/],
    [{ organizations: ['Acme'] }, /organizations\[0\] is "Acme"; expected/],
    [{ organizations: ['api'] }, /organizations\[0\] is "api", which is taken/],
    [
      { organizations: ['a', 'a'] },
      /organizations\[1\] is "a", which is there/,
    ],
    [{ accounts: [] }, /^gitHost.accounts is empty/],
    [
      { accounts: [{ username: 'a:b', password: 'long enough' }] },
      /accounts\[0\].username is "a:b"; expected/,
    ],
    [
      { accounts: [{ username: 'a', password: 'short' }] },
      /accounts\[0\].password has 5 characters; expected at least 8/,
    ],
    [{ maxPushMebibytes: 0 }, /maxPushMebibytes is 0; expected/],
    [{ maxPushMebibytes: 1.5 }, /maxPushMebibytes is 1.5; expected/],
    [{ maxPushMebibytes: 5000 }, /maxPushMebibytes is 5000; expected/],
  ])('refuses %j', (change, message) => {
    expect(() => read({ ...base, ...change })).toThrow(message);
  });
});
