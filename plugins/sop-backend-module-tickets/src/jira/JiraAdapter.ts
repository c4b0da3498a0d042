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
import { toAdf } from './adf';
import { JiraIssue, JiraLink, readKey, toTicket } from './issue';

const API = '/rest/api/3';
const FIELDS = 'summary,status,labels,issuelinks';
/** Where a comment carries the key of the call that made it. */
const COMMENT_PROPERTY = 'handrail.idempotencyKey';
/** Comments in one request, and requests: the newest come first. */
const PAGE = 100;
const MAX_PAGES = 10;

interface Transition {
  id: string;
  name: string;
  to: { name: string };
}

interface Comments {
  total: number;
  comments: Array<{ properties?: Array<{ key: string; value: unknown }> }>;
}

/** What the adapter needs to know about a Jira. */
export interface JiraOptions {
  client: RestClient;
  /** Without a slash at its end. */
  baseUrl: string;
  /** Keys of projects whose tickets can be reached. */
  projects: string[];
  /** Kind of tickets that are created without naming one. */
  issueType: string;
}

/** Tickets of a Jira, by version 3 of its REST API. */
export class JiraAdapter implements TicketAdapter {
  readonly #options: JiraOptions;

  constructor(options: JiraOptions) {
    this.#options = options;
  }

  async read(ticket: string): Promise<Ticket> {
    return this.#ticket(await this.#issue(this.#key(ticket)));
  }

  /** By a label, since tickets can be searched for that. */
  async find(
    project: string,
    idempotencyKey: string,
  ): Promise<Ticket | undefined> {
    checkProject(project, this.#options.projects);
    const { issues } = await this.#options.client.request<{
      issues: JiraIssue[];
    }>({
      method: 'POST',
      path: `${API}/search/jql`,
      body: {
        jql: `project = "${project}" AND labels = "${fingerprint(
          idempotencyKey,
        )}"`,
        fields: FIELDS.split(','),
        maxResults: 1,
      },
    });
    return issues[0] && this.#ticket(issues[0]);
  }

  async create(ticket: NewTicket): Promise<CreatedTicket> {
    const { client, issueType, baseUrl } = this.#options;
    const { project, description, kind, labels = [] } = ticket;
    const { idempotencyKey } = ticket;
    const title = ticket.title.replace(/\s+/g, ' ').trim().slice(0, 255);
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
    const { key } = await client.request<{ key: string }>({
      method: 'POST',
      path: `${API}/issue`,
      once: true,
      body: {
        fields: {
          project: { key: project },
          issuetype: { name: kind ?? issueType },
          summary: title,
          ...(description?.trim() ? { description: toAdf(description) } : {}),
          labels: [
            ...labels,
            ...(idempotencyKey ? [fingerprint(idempotencyKey)] : []),
          ],
        },
      },
    });
    return { key, url: `${baseUrl}/browse/${key}`, title, created: true };
  }

  async link(ticket: string, to: LinkTarget): Promise<{ linked: boolean }> {
    const key = this.#key(ticket);
    if ('url' in to) {
      return this.#linkPage(key, to);
    }
    const other = this.#key(to.key);
    const [type, { fields }] = await Promise.all([
      this.#linkType(to.relation),
      this.#issue(key),
    ]);
    if (fields.issuelinks?.some(one => isLink(one, type, other))) {
      return { linked: false };
    }
    await this.#options.client.request({
      method: 'POST',
      path: `${API}/issueLink`,
      body: {
        type: { name: type.name },
        inwardIssue: { key },
        outwardIssue: { key: other },
      },
    });
    return { linked: true };
  }

  async transition(
    ticket: string,
    to: string[],
  ): Promise<Ticket & { previous: string; changed: boolean }> {
    const key = this.#key(ticket);
    const before = this.#ticket(await this.#issue(key));
    const previous = before.state;
    const isThere = (state: string) => to.some(one => sameState(one, state));
    if (isThere(previous)) {
      return { ...before, previous, changed: false };
    }
    const { client } = this.#options;
    const path = `${API}/issue/${key}/transitions`;
    const { transitions } = await client.request<{
      transitions: Transition[];
    }>({ method: 'GET', path });
    const chosen = to
      .map(name => transitions.find(one => sameState(one.to.name, name)))
      .find(Boolean);
    if (!chosen) {
      const allowed = transitions.map(one => one.to.name);
      throw noTransition(before, to, [...new Set(allowed)]);
    }
    try {
      const body = { transition: { id: chosen.id } };
      await client.request({ method: 'POST', path, body });
    } catch (error) {
      // Somebody else may have been faster, or our own answer was lost.
      const now = await this.#issue(key).catch(() => undefined);
      if (!now || !isThere(now.fields.status.name)) {
        throw error;
      }
    }
    const after = this.#ticket(await this.#issue(key));
    return { ...after, previous, changed: true };
  }

  async comment(
    ticket: string,
    { text, internal, idempotencyKey }: NewComment,
  ): Promise<{ added: boolean }> {
    const key = this.#key(ticket);
    if (idempotencyKey && (await this.#hasComment(key, idempotencyKey))) {
      return { added: false };
    }
    await this.#options.client.request({
      method: 'POST',
      path: `${API}/issue/${key}/comment`,
      body: {
        body: toAdf(text),
        properties: [
          ...(idempotencyKey
            ? [{ key: COMMENT_PROPERTY, value: fingerprint(idempotencyKey) }]
            : []),
          ...(internal
            ? [{ key: 'sd.public.comment', value: { internal: true } }]
            : []),
        ],
      },
    });
    return { added: true };
  }

  #key(ticket: string): string {
    return readKey(ticket, this.#options);
  }

  #ticket(issue: JiraIssue): Ticket {
    return toTicket(issue, this.#options.baseUrl);
  }

  #issue(key: string): Promise<JiraIssue> {
    return this.#options.client.request<JiraIssue>({
      method: 'GET',
      path: `${API}/issue/${key}`,
      query: { fields: FIELDS },
    });
  }

  /** A repeat replaces the link, as it has the same id. */
  async #linkPage(
    key: string,
    { url, title }: { url: string; title: string },
  ): Promise<{ linked: boolean }> {
    await this.#options.client.request({
      method: 'POST',
      path: `${API}/issue/${key}/remotelink`,
      body: {
        globalId: url.slice(0, 255),
        object: { url, title: title.slice(0, 255) },
      },
    });
    return { linked: true };
  }

  async #linkType(name: string): Promise<JiraLink['type']> {
    const { issueLinkTypes: types } = await this.#options.client.request<{
      issueLinkTypes: Array<JiraLink['type']>;
    }>({ method: 'GET', path: `${API}/issueLinkType` });
    const found = types.find(one => sameState(one.name, name));
    if (!found) {
      throw new InputError(
        `relation: found "${name}"; allowed: ${types
          .map(one => one.name)
          .join(', ')}`,
      );
    }
    return found;
  }

  async #hasComment(key: string, idempotencyKey: string): Promise<boolean> {
    const wanted = fingerprint(idempotencyKey);
    for (let page = 0; page < MAX_PAGES; page++) {
      const { comments, total } = await this.#options.client.request<Comments>({
        method: 'GET',
        path: `${API}/issue/${key}/comment`,
        query: {
          expand: 'properties',
          orderBy: '-created',
          startAt: String(page * PAGE),
          maxResults: String(PAGE),
        },
      });
      const isThere = comments.some(one =>
        one.properties?.some(
          property =>
            property.key === COMMENT_PROPERTY && property.value === wanted,
        ),
      );
      if (isThere || (page + 1) * PAGE >= total) {
        return isThere;
      }
    }
    return false;
  }
}

/** Whether a link of a ticket is the wanted one to another. */
function isLink(link: JiraLink, type: JiraLink['type'], to: string): boolean {
  const isSymmetric = type.inward === type.outward;
  return (
    link.type.name === type.name &&
    (link.outwardIssue?.key === to ||
      (isSymmetric && link.inwardIssue?.key === to))
  );
}
