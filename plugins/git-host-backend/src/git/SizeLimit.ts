import { IncomingHttpHeaders } from 'node:http';
import { Transform, TransformCallback } from 'node:stream';

/** More bytes than a push may have. Answered with 413. */
export class ContentTooLargeError extends Error {
  constructor(limit: number) {
    super(
      `The push is larger than ${Math.floor(
        limit / 1024 / 1024,
      )} MiB, the limit of this server (gitHost.maxPushMebibytes)`,
    );
    this.name = 'ContentTooLargeError';
  }
}

/** Room for the list of references before the pack. */
const COMMANDS = 1024 * 1024;

/** Passes bytes on and fails when there are too many of them. */
export class SizeLimit extends Transform {
  #seen = 0;
  readonly #limit: number;
  exceeded = false;

  /** @throws ContentTooLargeError when the announced length is too large */
  constructor(limit: number, headers: IncomingHttpHeaders = {}) {
    super();
    this.#limit = limit;
    if (Number(headers['content-length'] ?? 0) > limit + COMMANDS) {
      throw new ContentTooLargeError(limit);
    }
  }

  _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#seen += chunk.length;
    if (this.#seen > this.#limit + COMMANDS) {
      this.exceeded = true;
      done(new ContentTooLargeError(this.#limit));
    } else done(null, chunk);
  }
}
