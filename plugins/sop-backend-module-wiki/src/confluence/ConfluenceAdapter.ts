import { createHash } from 'node:crypto';
import { ConflictError, InputError } from '@backstage/errors';
import { RestClient } from '@handrail/plugin-sop-node';
import { PublishedPage, WikiAdapter, WikiPage } from '../WikiAdapter';
import { toStorageFormat } from './storageFormat';

const API = '/api/v2';

interface Page {
  id: string;
  version: { number: number; message?: string };
  _links?: { webui?: string };
}

/** What the adapter needs to know about a Confluence. */
export interface ConfluenceOptions {
  client: RestClient;
  /** Without a slash at its end. */
  baseUrl: string;
  /** Keys of spaces that can be published to. */
  spaces: string[];
}

/**
 * Pages of a Confluence, by version 2 of its REST API. The message of a version
 * says which text it was made from, so that the same text makes no other one.
 */
export class ConfluenceAdapter implements WikiAdapter {
  readonly #options: ConfluenceOptions;

  constructor(options: ConfluenceOptions) {
    this.#options = options;
  }

  async publish(page: WikiPage): Promise<PublishedPage> {
    const { space, title, markdown, parent } = page;
    const spaceId = await this.#spaceId(space);
    const mark = markOf(markdown);
    const known = await this.#find(spaceId, title);
    if (known && isFrom(known, mark)) {
      return this.#published(known, { created: false, changed: false });
    }
    const content = {
      status: 'current',
      title,
      body: { representation: 'storage', value: toStorageFormat(markdown) },
    };
    if (known) {
      return this.#update(known, { ...content, spaceId }, mark);
    }
    const parentId = parent && (await this.#parentId(spaceId, parent));
    const { client } = this.#options;
    try {
      const made = await client.request<Page>({
        method: 'POST',
        path: `${API}/pages`,
        body: {
          ...content,
          spaceId,
          ...(parentId ? { parentId } : {}),
          version: { number: 1, message: mark },
        },
      });
      return this.#published(made, { created: true, changed: true });
    } catch (error) {
      // The title is taken: by our own request whose answer was lost, or by
      // somebody who was faster.
      const now = await this.#find(spaceId, title).catch(() => undefined);
      if (now && isFrom(now, mark)) {
        return this.#published(now, { created: true, changed: true });
      }
      throw error;
    }
  }

  async #update(
    known: Page,
    content: { title: string; spaceId: string; [field: string]: any },
    mark: string,
  ): Promise<PublishedPage> {
    const { title, spaceId, ...rest } = content;
    try {
      const changed = await this.#options.client.request<Page>({
        method: 'PUT',
        path: `${API}/pages/${encodeURIComponent(known.id)}`,
        body: {
          id: known.id,
          title,
          ...rest,
          version: { number: known.version.number + 1, message: mark },
        },
      });
      return this.#published(changed, { created: false, changed: true });
    } catch (error) {
      const now = await this.#find(spaceId, title).catch(() => undefined);
      if (now && isFrom(now, mark)) {
        return this.#published(now, { created: false, changed: true });
      }
      if ((error as Error).name === 'ConflictError') {
        throw new ConflictError(
          `“${title}” was changed by somebody else at the same time${
            now ? `, to version ${now.version.number}` : ''
          }; look at it before you publish again`,
        );
      }
      throw error;
    }
  }

  async #spaceId(key: string): Promise<string> {
    const { client, spaces } = this.#options;
    if (!spaces.includes(key)) {
      throw new InputError(
        `space: found "${key.slice(0, 100)}"; allowed: ${spaces.join(', ')}`,
      );
    }
    const { results } = await client.request<{
      results: Array<{ id: string }>;
    }>({ method: 'GET', path: `${API}/spaces`, query: { keys: key } });
    if (!results[0]) {
      throw new InputError(
        `space: found "${key}", which is not there, or which the account of the portal may not see`,
      );
    }
    return results[0].id;
  }

  async #parentId(spaceId: string, title: string): Promise<string> {
    const page = await this.#find(spaceId, title);
    if (!page) {
      throw new InputError(
        `parent: found "${title}"; allowed: the title of a page in the space`,
      );
    }
    return page.id;
  }

  async #find(spaceId: string, title: string): Promise<Page | undefined> {
    const { results } = await this.#options.client.request<{
      results: Page[];
    }>({
      method: 'GET',
      path: `${API}/pages`,
      query: { 'space-id': spaceId, title, status: 'current', limit: '1' },
    });
    return results[0];
  }

  #published(
    { id, version, _links: links }: Page,
    how: Pick<PublishedPage, 'created' | 'changed'>,
  ): PublishedPage {
    const path = links?.webui ?? `/pages/viewpage.action?pageId=${id}`;
    return {
      pageId: id,
      url: `${this.#options.baseUrl}${path}`,
      version: version.number,
      ...how,
    };
  }
}

function markOf(markdown: string): string {
  const digest = createHash('sha256').update(markdown).digest('hex');
  return `Published by the portal (${digest.slice(0, 16)})`;
}

function isFrom({ version }: Page, mark: string): boolean {
  return version.message === mark;
}
