import { ConfigReader } from '@backstage/config';
import { readTicketSystems } from './config';

const jira = {
  name: 'desk',
  type: 'jira',
  baseUrl: 'https://hollowbrook.example',
  projects: ['SSIM'],
  bearerToken: 'secret-token',
};
const github = {
  name: 'wallet',
  type: 'github',
  projects: ['hollowbrook/identity-wallet'],
};
const read = (...tickets: object[]) =>
  readTicketSystems(new ConfigReader({ sop: { tickets } as any }));

it('reads several systems by name', () => {
  expect([...read(jira, { ...jira, name: 'other' }, github).keys()]).toEqual([
    'desk',
    'other',
    'wallet',
  ]);
  expect(readTicketSystems(new ConfigReader({})).size).toBe(0);
});

it.each<[object, string]>([
  [{ type: 'bugzilla' }, 'type is "bugzilla"; expected jira or github'],
  [{ name: 'A b' }, 'name is "A b"; expected lower-case letters'],
  [{ baseUrl: 'ftp://x' }, 'baseUrl is "ftp://x"; expected a URL'],
  [
    { baseUrl: 'https://me:secret-token@x' },
    'baseUrl contains a user name or a password',
  ],
  [{ projects: [] }, 'projects is empty; expected those that steps may reach'],
  [
    { projects: ['SSIM', 'a b'] },
    'projects[1] is "a b"; expected one such as SSIM',
  ],
  [
    { bearerToken: undefined },
    'has no credentials; expected email and apiToken',
  ],
  [
    { email: 'me@x' },
    'has email and bearerToken; expected email and apiToken, or bearerToken alone',
  ],
  [
    { bearerToken: undefined, email: 'me@x' },
    'has email; expected email and apiToken, or bearerToken alone',
  ],
  [
    { ...github, host: 'git.example' },
    'host is "git.example"; expected a host of integrations.github: github.com',
  ],
  [
    { ...github, projects: ['wallet'] },
    'projects[0] is "wallet"; expected one such as hollowbrook/identity-wallet',
  ],
  [
    { ...github, states: [{ name: 'A' }, { name: 'B', closed: 'yes' }] },
    'states[1].closed is "yes"; expected completed or not_planned',
  ],
  [
    { ...github, states: [{ name: 'A' }, { name: 'B' }] },
    'states has 2 open states without a label and 0 closed ones; expected exactly one',
  ],
])('refuses %j', (more, message) => {
  const refused = () => read({ ...jira, ...more });
  expect(refused).toThrow(
    `sop.tickets[0]${/^has/.test(message) ? ' ' : '.'}${message}`,
  );
  expect(refused).not.toThrow(/secret-token/);
});

it('refuses a name that is there twice', () => {
  expect(() => read(jira, jira)).toThrow(
    'sop.tickets[1].name is "desk", which one before it has already',
  );
});
