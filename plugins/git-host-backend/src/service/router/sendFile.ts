import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError } from '@backstage/errors';
import type { Response } from 'express';
import { RepositoryReader } from '../../repositories/RepositoryReader';

/** Sends a file as it is, never in a form that a browser would run. */
export async function sendFile(
  res: Response,
  reader: RepositoryReader,
  commit: string,
  path: string,
): Promise<void> {
  const found = await reader.contents(commit, path);
  if (found.type === 'dir' || found.entry.type === 'submodule') {
    throw new InputError(
      `path is "${path}", which is a folder; expected a file`,
    );
  }
  const { entry } = found;
  const stream = reader.streamBlob(entry);
  const first = await firstChunk(stream);
  const isText = !first.includes(0);
  res.setHeader(
    'Content-Type',
    isText ? 'text/plain; charset=utf-8' : 'application/octet-stream',
  );
  res.setHeader('Content-Length', entry.size);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  res.setHeader('ETag', `"${entry.sha}"`);
  await sendStream(res, stream);
}

/** Sends a stream to its end; a reader who goes away is not an error. */
export async function sendStream(
  res: Response,
  stream: Readable,
): Promise<void> {
  try {
    await pipeline(stream, res);
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE'
    ) {
      throw error;
    }
  }
}

/** Looks at the beginning and puts it back. */
async function firstChunk(stream: Readable): Promise<Buffer> {
  for (;;) {
    const chunk = stream.read() as Buffer | null;
    if (chunk) {
      stream.unshift(chunk);
      return chunk;
    }
    if (
      stream.readableEnded ||
      (stream.readableLength === 0 && stream.destroyed)
    ) {
      return Buffer.alloc(0);
    }
    await new Promise<void>((resolve, reject) => {
      stream.once('readable', resolve);
      stream.once('end', resolve);
      stream.once('error', reject);
    });
  }
}
