import { join, resolve } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { isName, NAME_RULE } from './repositories/names';

/** Who may create, push and delete with a password. */
export interface GitHostAccount {
  username: string;
  password: string;
}

/** Typed form of the `gitHost` section of the configuration. */
export interface GitHostConfig {
  /** Absolute path of the folder of the bare repositories. */
  directory: string;
  organizations: string[];
  accounts: GitHostAccount[];
  anonymousRead: boolean;
  /** Bytes. */
  maxPushSize: number;
}

/** Known to everybody who has read the shipped configuration. */
export const DEVELOPMENT_PASSWORD = 'local-development-only';

const MEBIBYTE = 1024 * 1024;

/**
 * Reads and checks the configuration of the plugin.
 * @returns undefined when the portal hosts no repositories
 * @throws InputError when a value is not allowed, naming its path, what was
 * found and what is allowed.
 */
export function readGitHostConfig(
  config: Config,
  options: { production: boolean },
): GitHostConfig | undefined {
  const gitHost = config.getOptionalConfig('gitHost');
  if (!gitHost) return undefined;
  return {
    directory: readDirectory(config),
    organizations: readOrganizations(gitHost),
    accounts: readAccounts(gitHost, options.production),
    anonymousRead: gitHost.getOptionalBoolean('anonymousRead') ?? false,
    maxPushSize: readMaxPush(gitHost) * MEBIBYTE,
  };
}

function readDirectory(config: Config): string {
  const directory = config.getOptionalString('gitHost.directory');
  if (directory) return resolve(directory);
  // The connection may also be a string, and getOptionalString would throw.
  const connection = config.getOptional('backend.database.connection');
  const folder =
    typeof connection === 'object' && connection !== null
      ? (connection as { directory?: unknown }).directory
      : undefined;
  if (typeof folder !== 'string' || !folder) {
    throw new InputError(
      'gitHost.directory is missing; it is required when backend.database.connection.directory is not set, because there is no folder to put repositories in',
    );
  }
  return resolve(join(folder, 'repositories'));
}

function readOrganizations(gitHost: Config): string[] {
  const organizations = gitHost.getStringArray('organizations');
  if (organizations.length === 0) {
    throw new InputError(
      'gitHost.organizations is empty; expected at least one name',
    );
  }
  organizations.forEach((name, index) => {
    const path = `gitHost.organizations[${index}]`;
    if (!isName(name)) {
      throw new InputError(`${path} is "${name}"; expected ${NAME_RULE}`);
    }
    if (name === 'api') {
      throw new InputError(
        `${path} is "api", which is taken by the addresses of the API; expected another name`,
      );
    }
    if (organizations.indexOf(name) !== index) {
      throw new InputError(
        `${path} is "${name}", which is there already; names must be unique`,
      );
    }
  });
  return organizations;
}

function readAccounts(gitHost: Config, production: boolean): GitHostAccount[] {
  const accounts = gitHost.getConfigArray('accounts').map((account, index) => {
    const path = `gitHost.accounts[${index}]`;
    const username = account.getString('username');
    const password = account.getString('password');
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(username)) {
      throw new InputError(
        `${path}.username is "${username}"; expected 1 to 64 letters, digits, dots, dashes and underscores`,
      );
    }
    if (password.length < 8) {
      throw new InputError(
        `${path}.password has ${password.length} characters; expected at least 8`,
      );
    }
    if (production && password === DEVELOPMENT_PASSWORD) {
      throw new InputError(
        `${path}.password is the one of the shipped app-config.yaml, which everybody knows; set another one in gitHost.accounts and integrations.gitea, or switch the git host off with gitHost: null`,
      );
    }
    return { username, password };
  });
  if (accounts.length === 0) {
    throw new InputError(
      'gitHost.accounts is empty; expected at least one account, which the scaffolder uses',
    );
  }
  return accounts;
}

function readMaxPush(gitHost: Config): number {
  const value = gitHost.getOptionalNumber('maxPushMebibytes') ?? 256;
  if (!Number.isInteger(value) || value < 1 || value > 4096) {
    throw new InputError(
      `gitHost.maxPushMebibytes is ${value}; expected a whole number from 1 to 4096`,
    );
  }
  return value;
}
