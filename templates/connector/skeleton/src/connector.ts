import { parseEntity, parsePage, parseSchema } from './answers.ts';
import { PlatformClient, type ClientOptions } from './client.ts';
import platform from './platform.json' with { type: 'json' };
import {
  ConnectorError,
  type Capabilities,
  type Credentials,
  type IConnector,
  type PlatformSchema,
  type RateLimits,
  type RawEntity,
} from './types.ts';

/** Brings entities from the platform. */
export class PlatformConnector implements IConnector {
  readonly #client: PlatformClient;

  constructor(options: ClientOptions) {
    this.#client = new PlatformClient(options);
  }

  async authenticate(credentials: Credentials): Promise<void> {
    await this.#client.signIn(credentials);
  }

  async discoverSchema(): Promise<PlatformSchema> {
    return parseSchema(await this.#client.get('/v1/schema'));
  }

  async extractEntity(id: string): Promise<RawEntity> {
    const path = `/v1/entities/${encodeURIComponent(id)}`;
    return parseEntity(await this.#client.get(path));
  }

  async *extractBatch(
    ids?: Iterable<string> | AsyncIterable<string>,
  ): AsyncGenerator<RawEntity, void, void> {
    if (!ids) {
      yield* this.#everything();
      return;
    }
    let chunk: string[] = [];
    for await (const id of ids) {
      chunk.push(id);
      if (chunk.length === platform.pageSize) {
        yield* this.#some(chunk);
        chunk = [];
      }
    }
    if (chunk.length > 0) {
      yield* this.#some(chunk);
    }
  }

  getRateLimits(): RateLimits {
    return this.#client.rateLimits;
  }

  getCapabilities(): Capabilities {
    return { pageSize: platform.pageSize, fullExport: true, relations: true };
  }

  async *#everything(): AsyncGenerator<RawEntity, void, void> {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(platform.pageSize) });
      if (cursor !== undefined) {
        query.set('cursor', cursor);
      }
      const { items, next } = await this.#page(query);
      yield* items;
      if (next !== undefined && next === cursor) {
        throw new ConnectorError(
          'invalid-answer',
          `next: found "${next}" twice, the export would never end`,
        );
      }
      cursor = next;
    } while (cursor !== undefined);
  }

  /** In the order that was asked for; what is missing is said, not skipped. */
  async *#some(ids: string[]): AsyncGenerator<RawEntity, void, void> {
    const query = new URLSearchParams({ limit: String(ids.length) });
    for (const id of new Set(ids)) {
      query.append('id', id);
    }
    const { items } = await this.#page(query);
    const found = new Map(items.map(item => [item.id, item]));
    const missing: string[] = [];
    for (const id of ids) {
      const item = found.get(id);
      if (item) {
        yield item;
      } else {
        missing.push(id);
      }
    }
    if (missing.length > 0) {
      throw new ConnectorError(
        'not-found',
        `Not on the platform: ${missing.join(', ')}`,
      );
    }
  }

  async #page(query: URLSearchParams) {
    return parsePage(await this.#client.get(`/v1/entities?${query}`));
  }
}
