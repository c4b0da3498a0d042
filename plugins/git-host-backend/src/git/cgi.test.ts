import { Readable } from 'node:stream';
import fc from 'fast-check';
import { readCgiHead } from './cgi';

async function rest(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

describe('readCgiHead', () => {
  it('reads the same head and body wherever the chunks begin', async () => {
    const text =
      'Status: 404 Not Found\r\nContent-Type: text/plain\r\nX-A: b: c\r\n\r\nbody\r\n\r\nmore';
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: text.length }), { maxLength: 8 }),
        async cuts => {
          const at = [0, ...cuts.sort((a, b) => a - b), text.length];
          const chunks = at
            .slice(1)
            .map((end, index) => Buffer.from(text.slice(at[index], end)))
            .filter(chunk => chunk.length > 0);
          const stream = Readable.from(chunks, { objectMode: false });
          const head = await readCgiHead(stream);
          expect(head).toMatchObject({
            status: 404,
            headers: { 'Content-Type': 'text/plain', 'X-A': 'b: c' },
          });
          expect(head.rest.toString() + (await rest(stream))).toBe(
            'body\r\n\r\nmore',
          );
        },
      ),
    );
  });

  it('takes 200 where no status is given', async () => {
    const stream = Readable.from([Buffer.from('A: b\n\n')]);
    expect((await readCgiHead(stream)).status).toBe(200);
  });

  it.each([
    ['nothing', ''],
    ['no blank line', 'A: b\r\n'],
    ['no end', 'x'.repeat(70_000)],
  ])('fails at %s', async (_case, text) => {
    const stream = Readable.from(text ? [Buffer.from(text)] : []);
    await expect(readCgiHead(stream)).rejects.toThrow('without a head');
  });
});
