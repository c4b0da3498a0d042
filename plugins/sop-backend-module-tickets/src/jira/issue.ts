import { InputError } from '@backstage/errors';
import { Ticket, TicketCategory } from '../TicketAdapter';

/** What Jira answers about a ticket. */
export interface JiraIssue {
  key: string;
  fields: {
    summary: string;
    status: { name: string; statusCategory?: { key?: string } };
    labels?: string[];
    issuelinks?: JiraLink[];
  };
}

/** A link of a ticket, seen from it. */
export interface JiraLink {
  type: { name: string; inward: string; outward: string };
  /** Where the link goes from this ticket. */
  outwardIssue?: { key: string };
  /** Where a link comes from. */
  inwardIssue?: { key: string };
}

const KEY = /^([A-Z][A-Z0-9_]*)-[1-9]\d{0,9}$/;

const CATEGORIES: Record<string, TicketCategory> = {
  new: 'to-do',
  indeterminate: 'in-progress',
  done: 'done',
};

/** The ticket as steps know it. */
export function toTicket(issue: JiraIssue, baseUrl: string): Ticket {
  const { summary, status, labels = [] } = issue.fields;
  return {
    key: issue.key,
    url: `${baseUrl}/browse/${issue.key}`,
    title: summary,
    state: status.name,
    category: CATEGORIES[status.statusCategory?.key ?? ''] ?? 'to-do',
    labels,
  };
}

/**
 * The key of a ticket that is named by its key or by the address of its page.
 * @throws InputError when it is neither, or of a project that is not listed.
 */
export function readKey(
  text: string,
  { baseUrl, projects }: { baseUrl: string; projects: string[] },
): string {
  const key = text.startsWith(`${baseUrl}/`)
    ? new URL(text).pathname.split('/').filter(Boolean).pop() ?? ''
    : text;
  const project = KEY.exec(key)?.[1];
  if (!project || !projects.includes(project)) {
    throw new InputError(
      `key: found "${text.slice(0, 100)}"; allowed: a ticket of ${projects.join(
        ', ',
      )}, such as ${projects[0]}-12 or ${baseUrl}/browse/${projects[0]}-12`,
    );
  }
  return key;
}
