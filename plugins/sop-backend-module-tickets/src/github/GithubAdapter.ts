import { InputError } from '@backstage/errors';
import { RestClient } from '@handrail/plugin-sop-node';
import { fingerprint } from '../idempotency';
import { checkProject } from '../projects';
import { noTransition, sameState } from '../states';
import {
  CreatedTicket,
  LinkTarget,
  NewComment,
  NewTicket,
  Ticket,
  TicketAdapter,
} from '../TicketAdapter';
import { categoryOf, IssueState, stateOf } from './states';

/** Issues or comments in one request, and requests. */
const PAGE = 100;
const MAX_PAGES = 10;

interface GithubIssue {
  number: number;
  title: string;
  body: string | null;
  html_url: string;
  state: 'open' | 'closed';
  state_reason?: string | null;
  labels: Array<{ name: string } | string>;
  pull_request?: object;
}

/** An issue by its repository and number. */
interface Place {
  repository: string;
  number: number;
}

/** What the adapter needs to know about a GitHub. */
export interface GithubOptions {
  client: RestClient;
  /** Base URL of pages, without a slash at its end. */
  webUrl: string;
  /** Repositories whose issues can be reached. */
  projects: string[];
  states: IssueState[];
}

/** GitHub Issues. A label says what open and closed cannot. */
export class GithubAdapter implements TicketAdapter {
  readonly #options: GithubOptions;

  constructor(options: GithubOptions) {
    this.#options = options;
  }

  async read(ticket: string): Promise<Ticket> {
    const place = this.#place(ticket);
    return this.#ticket(place.repository, await this.#issue(place));
  }

  /** By a mark in its text, since the search lags behind. */
  async find(
    project: string,
    idempotencyKey: string,
  ): Promise<Ticket | undefined> {
    checkProject(project, this.#options.projects);
    const mark = markOf(idempotencyKey);
    const issue = await this.#look<GithubIssue>(
      `/repos/${project}/issues`,
      { state: 'all', sort: 'created', direction: 'desc' },
      one => one.body?.includes(mark) ?? false,
    );
    return issue && this.#ticket(project, issue);
  }

  async create(ticket: NewTicket): Promise<CreatedTicket> {
    const { project, title, description = '', kind, labels } = ticket;
    const { idempotencyKey } = ticket;
    checkProject(project, this.#options.projects);
    const known = idempotencyKey && (await this.find(project, idempotencyKey));
    if (known) {
      return {
        key: known.key,
        url: known.url,
        title: known.title,
        created: false,
      };
    }
    const issue = await this.#options.client.request<GithubIssue>({
      method: 'POST',
      path: `/repos/${project}/issues`,
      once: true,
      body: {
        title: title.replace(/\s+/g, ' ').trim().slice(0, 256),
        body: marked(description, idempotencyKey),
        ...(labels ? { labels } : {}),
        ...(kind ? { type: kind } : {}),
      },
    });
    const { number, html_url: url } = issue;
    return {
      key: `${project}#${number}`,
      url,
      title: issue.title,
      created: true,
    };
  }

  /** GitHub links what a comment mentions. */
  async link(ticket: string, to: LinkTarget): Promise<{ linked: boolean }> {
    let text;
    if ('url' in to) {
      text = `${to.title}: ${to.url}`;
    } else {
      const { repository, number } = this.#place(to.key);
      text = `${to.relation}: ${repository}#${number}`;
    }
    const { added } = await this.comment(ticket, {
      text,
      idempotencyKey: `link ${text}`,
    });
    return { linked: added };
  }

  async transition(
    ticket: string,
    to: string[],
  ): Promise<Ticket & { previous: string; changed: boolean }> {
    const { client, states } = this.#options;
    const place = this.#place(ticket);
    const before = await this.#issue(place);
    const labels = labelsOf(before);
    const { name: previous } = stateOf({ ...before, labels }, states);
    const ours = this.#ticket(place.repository, before);
    if (to.some(one => sameState(one, previous))) {
      return { ...ours, previous, changed: false };
    }
    const target = to
      .map(name => states.find(one => sameState(one.name, name)))
      .find(Boolean);
    if (!target) {
      const others = states.filter(one => one.name !== previous);
      throw noTransition(
        ours,
        to,
        others.map(one => one.name),
      );
    }
    // Each can be repeated; the state comes last, so that a break in the middle
    // leaves an issue that the next try takes for what it was.
    const path = pathOf(place);
    if (target.label && !labels.includes(target.label)) {
      await client.request({
        method: 'POST',
        path: `${path}/labels`,
        body: { labels: [target.label] },
      });
    }
    for (const { label } of states) {
      if (label && label !== target.label && labels.includes(label)) {
        await client
          .request({
            method: 'DELETE',
            path: `${path}/labels/${encodeURIComponent(label)}`,
          })
          .catch(ignoreMissing);
      }
    }
    const isClosed = target.closed !== undefined;
    if (isClosed !== (before.state === 'closed') || isClosed) {
      await client.request({
        method: 'PATCH',
        path,
        body: isClosed
          ? { state: 'closed', state_reason: target.closed }
          : { state: 'open', state_reason: 'reopened' },
      });
    }
    const after = this.#ticket(place.repository, await this.#issue(place));
    return { ...after, previous, changed: true };
  }

  async comment(
    ticket: string,
    { text, internal, idempotencyKey }: NewComment,
  ): Promise<{ added: boolean }> {
    if (internal) {
      throw new InputError(
        'internal: found true; allowed: false, as GitHub has no comments for colleagues only',
      );
    }
    const path = `${pathOf(this.#place(ticket))}/comments`;
    if (idempotencyKey) {
      const mark = markOf(idempotencyKey);
      const known = await this.#look<{ body: string }>(path, {}, one =>
        one.body.includes(mark),
      );
      if (known) {
        return { added: false };
      }
    }
    await this.#options.client.request({
      method: 'POST',
      path,
      body: { body: marked(text, idempotencyKey) },
    });
    return { added: true };
  }

  /** @throws InputError when a text names no issue of a listed repository. */
  #place(text: string): Place {
    const { webUrl, projects } = this.#options;
    const path = text.startsWith(`${webUrl}/`)
      ? text.slice(webUrl.length + 1).replace(/\/issues\/(\d+)$/, '#$1')
      : text;
    const [, repository, number] = /^(.+)#([1-9]\d{0,9})$/.exec(path) ?? [];
    if (!repository || !projects.includes(repository)) {
      throw new InputError(
        `key: found "${text.slice(
          0,
          100,
        )}"; allowed: an issue of ${projects.join(', ')}, such as ${
          projects[0]
        }#12 or ${webUrl}/${projects[0]}/issues/12`,
      );
    }
    return { repository, number: Number(number) };
  }

  async #issue(place: Place): Promise<GithubIssue> {
    const path = pathOf(place);
    const issue = await this.#options.client.request<GithubIssue>({
      method: 'GET',
      path,
    });
    if (issue.pull_request) {
      throw new InputError(
        `key: found the pull request ${place.repository}#${place.number}; allowed: an issue`,
      );
    }
    return issue;
  }

  #ticket(repository: string, issue: GithubIssue): Ticket {
    const { states } = this.#options;
    const labels = labelsOf(issue);
    const state = stateOf({ ...issue, labels }, states);
    return {
      key: `${repository}#${issue.number}`,
      url: issue.html_url,
      title: issue.title,
      state: state.name,
      category: categoryOf(state, states),
      labels,
    };
  }

  /** The first of a list, page by page, that is the wanted one. */
  async #look<T>(
    path: string,
    query: Record<string, string>,
    isWanted: (one: T) => boolean,
  ): Promise<T | undefined> {
    for (let page = 1; page <= MAX_PAGES; page++) {
      const items = await this.#options.client.request<T[]>({
        method: 'GET',
        path,
        query: { ...query, per_page: String(PAGE), page: String(page) },
      });
      const found = items.find(isWanted);
      if (found || items.length < PAGE) {
        return found;
      }
    }
    return undefined;
  }
}

function pathOf({ repository, number }: Place): string {
  return `/repos/${repository}/issues/${number}`;
}

function labelsOf({ labels }: GithubIssue): string[] {
  return labels.map(one => (typeof one === 'string' ? one : one.name));
}

/** A label that is gone was taken away by somebody else. */
function ignoreMissing(error: Error): void {
  if (error.name !== 'NotFoundError') {
    throw error;
  }
}

/** Not shown by GitHub. */
function markOf(idempotencyKey: string): string {
  return `<!-- ${fingerprint(idempotencyKey)} -->`;
}

function marked(text: string, idempotencyKey: string | undefined): string {
  return idempotencyKey ? `${text}\n\n${markOf(idempotencyKey)}` : text;
}
