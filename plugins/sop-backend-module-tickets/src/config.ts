import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  readAuthorization,
  readBaseUrl,
  readInstances,
  RestClient,
} from '@handrail/plugin-sop-node';
import { GithubAdapter } from './github/GithubAdapter';
import { DEFAULT_STATES, IssueState } from './github/states';
import { JiraAdapter } from './jira/JiraAdapter';
import { TicketAdapter } from './TicketAdapter';

/** Where the configuration lists ticket systems. */
export const TICKETS_KEY = 'sop.tickets';

const TYPES = ['jira', 'github'];
const JIRA_PROJECT = /^[A-Z][A-Z0-9_]{1,254}$/;
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/;

/**
 * Reads `sop.tickets`.
 * @throws InputError when a value is not allowed, naming its path, what was
 * found and what is allowed; never a credential.
 */
export function readTicketSystems(config: Config): Map<string, TicketAdapter> {
  return readInstances(config, TICKETS_KEY, (one, path, name) => {
    const type = one.getString('type');
    if (type === 'jira') {
      return readJira(one, path, name);
    }
    if (type === 'github') {
      return readGithub(config, one, path, name);
    }
    throw new InputError(
      `${path}.type is "${type}"; expected ${TYPES.join(' or ')}`,
    );
  });
}

function readProjects(
  one: Config,
  path: string,
  { pattern, example }: { pattern: RegExp; example: string },
): string[] {
  const projects = one.getStringArray('projects');
  projects.forEach((project, index) => {
    if (!pattern.test(project)) {
      throw new InputError(
        `${path}.projects[${index}] is "${project}"; expected one such as ${example}`,
      );
    }
  });
  if (projects.length === 0) {
    throw new InputError(
      `${path}.projects is empty; expected those that steps may reach, such as ${example}`,
    );
  }
  return projects;
}

function readJira(one: Config, path: string, name: string): TicketAdapter {
  const baseUrl = readBaseUrl(`${path}.baseUrl`, one.getString('baseUrl'));
  const authorization = readAuthorization(one, path);
  return new JiraAdapter({
    baseUrl,
    projects: readProjects(one, path, {
      pattern: JIRA_PROJECT,
      example: 'SSIM',
    }),
    issueType: one.getOptionalString('issueType') ?? 'Task',
    client: new RestClient({
      who: `Jira “${name}”`,
      baseUrl,
      headers: async () => ({ Authorization: authorization }),
    }),
  });
}

function readGithub(
  config: Config,
  one: Config,
  path: string,
  name: string,
): TicketAdapter {
  const host = one.getOptionalString('host') ?? 'github.com';
  const integrations = ScmIntegrations.fromConfig(config);
  const integration = integrations.github.byHost(host);
  const apiBaseUrl = integration?.config.apiBaseUrl;
  if (!integration || !apiBaseUrl) {
    const known = integrations.github
      .list()
      .map(({ config: { host: h } }) => h);
    throw new InputError(
      `${path}.host is "${host}"; expected a host of integrations.github: ${known.join(
        ', ',
      )}`,
    );
  }
  const scheme = apiBaseUrl.startsWith('http://') ? 'http' : 'https';
  const projects = readProjects(one, path, {
    pattern: REPOSITORY,
    example: 'hollowbrook/identity-wallet',
  });
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  return new GithubAdapter({
    webUrl: `${scheme}://${host}`,
    projects,
    states: readStates(one, path),
    client: new RestClient({
      who: `GitHub “${name}”`,
      baseUrl: apiBaseUrl.replace(/\/+$/, ''),
      headers: async () => ({
        Accept: 'application/vnd.github+json',
        'X-GitHub-Api-Version': '2022-11-28',
        ...(
          await credentials.getCredentials({
            url: `https://${host}/${projects[0]}`,
          })
        ).headers,
      }),
    }),
  });
}

function readStates(one: Config, path: string): IssueState[] {
  const configs = one.getOptionalConfigArray('states');
  if (!configs) {
    return DEFAULT_STATES;
  }
  const states = configs.map((state, index): IssueState => {
    const at = `${path}.states[${index}]`;
    const closed = state.getOptionalString('closed');
    if (
      closed !== undefined &&
      !['completed', 'not_planned'].includes(closed)
    ) {
      throw new InputError(
        `${at}.closed is "${closed}"; expected completed or not_planned`,
      );
    }
    return {
      name: state.getString('name'),
      label: state.getOptionalString('label'),
      closed: closed as IssueState['closed'],
    };
  });
  const names = states.map(state => state.name.trim().toLowerCase());
  const plain = states.filter(state => !state.closed && !state.label).length;
  const closed = states.filter(state => state.closed).length;
  if (new Set(names).size < names.length || plain !== 1 || closed < 1) {
    throw new InputError(
      `${path}.states has ${plain} open states without a label and ${closed} closed ones; expected exactly one open state without a label, at least one closed one, and names that differ`,
    );
  }
  return states;
}
