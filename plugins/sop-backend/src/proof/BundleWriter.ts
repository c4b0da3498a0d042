import { hash } from 'node:crypto';
import { canonicalJson } from '@handrail/journal';
import { Zip, ZipDeflate } from 'fflate';

/** Bundles of the same content are the same to the byte. */
const MTIME = new Date(1980, 0, 1);

const FORMAT = 'handrail.dev/bundle/v1';

/** Writes a bundle piece by piece, so that a long period need not fit into memory. */
export class BundleWriter {
  readonly #zip: Zip;
  readonly #files: Array<{ path: string; size: number; sha256: string }> = [];
  readonly #paths = new Set<string>();
  readonly #chunks: Uint8Array[] = [];

  constructor() {
    this.#zip = new Zip((error, chunk) => {
      if (error) {
        throw error;
      }
      this.#chunks.push(chunk);
    });
  }

  add(path: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.#paths.add(path);
    this.#files.push({
      path,
      size: bytes.length,
      sha256: hash('sha256', bytes, 'hex'),
    });
    this.#push(path, bytes);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  addJson(path: string, value: unknown): void {
    this.add(
      path,
      `${canonicalJson(JSON.parse(JSON.stringify(value)), path)}\n`,
    );
  }

  /** What was written since the last call. */
  take(): Uint8Array {
    return Buffer.concat(this.#chunks.splice(0));
  }

  /** Writes the manifest, which names every file with its digest. */
  end(about: object): void {
    const manifest = { format: FORMAT, ...about, files: this.#files };
    this.#push(
      'manifest.json',
      Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    );
    this.#zip.end();
  }

  #push(path: string, bytes: Uint8Array): void {
    const file = new ZipDeflate(path, { level: 6 });
    file.mtime = MTIME;
    this.#zip.add(file);
    file.push(bytes, true);
  }
}
