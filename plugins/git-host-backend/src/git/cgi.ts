import { Readable } from 'node:stream';

/** Status line and headers of a CGI program, and what it printed after them. */
export interface CgiHead {
  status: number;
  headers: Record<string, string>;
  rest: Buffer;
}

const MAX_HEAD = 64 * 1024;

/**
 * Reads the head of a CGI answer (RFC 3875 section 6) and leaves the rest of the
 * stream unread.
 * @throws Error when the program ends or goes on without a blank line
 */
export async function readCgiHead(stdout: Readable): Promise<CgiHead> {
  let buffer: Buffer = Buffer.alloc(0);
  while (buffer.length <= MAX_HEAD) {
    const end = /\r?\n\r?\n/.exec(buffer.toString('latin1'));
    if (end) {
      const head = buffer.subarray(0, end.index).toString('latin1');
      return {
        ...parseHead(head),
        rest: buffer.subarray(end.index + end[0].length),
      };
    }
    const chunk = await nextChunk(stdout);
    if (!chunk) break;
    buffer = Buffer.concat([buffer, chunk]);
  }
  throw new Error('git http-backend answered without a head');
}

function parseHead(head: string): Omit<CgiHead, 'rest'> {
  let status = 200;
  const headers: Record<string, string> = {};
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else if (colon > 0) headers[name] = value;
  }
  return { status, headers };
}

async function nextChunk(stream: Readable): Promise<Buffer | undefined> {
  for (;;) {
    const chunk = stream.read() as Buffer | null;
    if (chunk) return chunk;
    if (stream.readableEnded || stream.destroyed) return undefined;
    await new Promise<void>(resolve => {
      const done = () => {
        for (const name of ['readable', 'end', 'close', 'error']) {
          stream.off(name, done);
        }
        resolve();
      };
      for (const name of ['readable', 'end', 'close', 'error']) {
        stream.once(name, done);
      }
    });
  }
}
