/** What a state means, whatever it is called. */
export type TicketCategory = 'to-do' | 'in-progress' | 'done';

/** What steps know of a ticket. */
export interface Ticket {
  /** `SSIM-142`, or `hollowbrook/identity-wallet#142`. */
  key: string;
  /** Its page. */
  url: string;
  title: string;
  /** As its system calls it. */
  state: string;
  category: TicketCategory;
  labels: string[];
}

/** A ticket that a step wants. */
export interface NewTicket {
  /** One of those that the configuration lists. */
  project: string;
  title: string;
  /** Plain text; a blank line begins a paragraph, addresses become links. */
  description?: string;
  /** Such as `Bug`; the system's own kinds. */
  kind?: string;
  labels?: string[];
  /** A ticket that was created with this key before is the answer. */
  idempotencyKey?: string;
}

/** A ticket that is there now. */
export interface CreatedTicket extends Pick<Ticket, 'key' | 'url' | 'title'> {
  /** False when it was there already. */
  created: boolean;
}

/** What a ticket is linked to: another one of the same system, or a page. */
export type LinkTarget =
  | {
      key: string;
      /** The system's own kind of link, such as `Blocks`: this one blocks `key`. */
      relation: string;
    }
  | { url: string; title: string };

/** What is said about a ticket. */
export interface NewComment {
  /** Plain text, as in {@link NewTicket.description}. */
  text: string;
  /** For colleagues only, not for who asked at the service desk. */
  internal?: boolean;
  /** A comment that was made with this key before is not made again. */
  idempotencyKey?: string;
}

/**
 * A ticket system. Where a ticket is named, its key or the address of its page
 * is taken.
 *
 * All methods throw what RestClient throws; NotFoundError for a ticket that is
 * not there, InputError for what the system does not have, naming what it has.
 */
export interface TicketAdapter {
  read(ticket: string): Promise<Ticket>;

  /** The ticket that was created with a key, where there is one. */
  find(project: string, idempotencyKey: string): Promise<Ticket | undefined>;

  create(ticket: NewTicket): Promise<CreatedTicket>;

  /** @returns `linked: false` when they were linked already */
  link(ticket: string, to: LinkTarget): Promise<{ linked: boolean }>;

  /**
   * Moves a ticket to the first of the states that can be reached from where it
   * is. In one of them already, it stays.
   */
  transition(
    ticket: string,
    to: string[],
  ): Promise<Ticket & { previous: string; changed: boolean }>;

  /** @returns `added: false` when it was there already */
  comment(ticket: string, comment: NewComment): Promise<{ added: boolean }>;
}
