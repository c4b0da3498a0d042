import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import gitHostPlugin from '..';

export const USERNAME = 'portal';
export const PASSWORD = 'a-password-of-tests';
export const BASIC = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString(
  'base64',
)}`;

/** Everything a test looks at. */
export interface Harness {
  backend: TestBackend;
  directory: string;
  /** Where the plugin answers, without a slash at the end. */
  baseUrl: string;
  /** host:port */
  host: string;
  audits: Array<{ event: AuditorServiceCreateEventOptions; outcome: string }>;
  /** Permissions that the policy denies. */
  denied: Set<string>;
  /** A request; with the account unless said otherwise. */
  call(path: string, init?: RequestInit & { as?: string }): Promise<Response>;
  create(name: string, extra?: JsonObject): Promise<Response>;
  /** The clone address with the account in it. */
  remote(name: string, owner?: string): string;
  stop(): Promise<void>;
}

/** A temporary folder that `remove` takes away. */
export async function temporary(): Promise<{
  path: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'git-host-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export const AS_USER = mockCredentials.user.header();
export const AS_SERVICE = mockCredentials.service.header();

/** Starts a back end with the real plugin on a folder of its own. */
export async function startHarness(
  directory: string,
  gitHost: JsonObject = {},
): Promise<Harness> {
  const audits: Harness['audits'] = [];
  const denied = new Set<string>();
  const backend = await startTestBackend({
    features: [
      gitHostPlugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://portal.example' },
          gitHost: {
            directory,
            organizations: ['hollowbrook', 'other'],
            accounts: [{ username: USERNAME, password: PASSWORD }],
            anonymousRead: true,
            ...gitHost,
          },
        },
      }),
      mockServices.auditor.mock({
        createEvent: async event => {
          const audit = { event, outcome: 'open' };
          audits.push(audit);
          return {
            success: async () => {
              audit.outcome = 'success';
            },
            fail: async ({ error }) => {
              audit.outcome = error.name;
            },
          };
        },
      }).factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.has((permission as BasicPermission).name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
    ],
  });
  const { port } = backend.server.address() as AddressInfo;
  const host = `localhost:${port}`;
  const baseUrl = `http://${host}/api/git-host`;
  const call: Harness['call'] = (path, { as = BASIC, ...init } = {}) =>
    fetch(`${baseUrl}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(as ? { Authorization: as } : {}), ...init.headers },
    });
  return {
    backend,
    directory,
    baseUrl,
    host,
    audits,
    denied,
    call,
    create: (name, extra = {}) =>
      call('/api/v1/orgs/hollowbrook/repos', {
        method: 'POST',
        body: JSON.stringify({ name, ...extra }),
        headers: { 'Content-Type': 'application/json' },
      }),
    remote: (name, owner = 'hollowbrook') =>
      `http://${USERNAME}:${PASSWORD}@${host}/api/git-host/${owner}/${name}.git`,
    stop: () => backend.stop(),
  };
}

const run = promisify(execFile);

/** The real git, as a developer's machine has it. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Ana Duarte',
      GIT_AUTHOR_EMAIL: 'ana.duarte@hollowbrook.example',
      GIT_COMMITTER_NAME: 'Ana Duarte',
      GIT_COMMITTER_EMAIL: 'ana.duarte@hollowbrook.example',
    },
  });
  return stdout;
}
