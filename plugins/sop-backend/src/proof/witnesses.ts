import { appendFile, readFile } from 'node:fs/promises';
import { ConflictError } from '@backstage/errors';
import {
  parseCheckpointText,
  parseNote,
  verifyConsistency,
} from '@handrail/journal';
import { LogWitness, WitnessRequest } from '@handrail/plugin-sop-node';
import { WitnessConfig } from './config';

const TIMEOUT_MS = 10_000;

const read = (note: string) => parseCheckpointText(parseNote(note).text);

/** Notes one after the other, as the file keeps them. */
function lastNote(text: string): string | undefined {
  return text.match(/[^\n]+\n(?:[^\n]+\n)+\n(?:— [^\n]+\n)+/g)?.pop();
}

/** Appends checkpoints to a file, best on a disk that the database cannot write to. */
export class FileWitness implements LogWitness {
  constructor(readonly name: string, private readonly file: string) {}

  async latest(): Promise<string | undefined> {
    try {
      return lastNote(await readFile(this.file, 'utf8'));
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  async submit(request: WitnessRequest): Promise<void> {
    const seen = await this.latest();
    if (seen) {
      await assertGrown(read(seen), request);
    }
    await appendFile(this.file, `${request.note}\n`);
  }
}

async function assertGrown(
  old: { size: number; root: Buffer },
  request: WitnessRequest,
): Promise<void> {
  const { size, root } = read(request.note);
  if (old.size > size) {
    throw new ConflictError(
      `The log went back: the witness has seen ${old.size} entries, now there are ${size}`,
    );
  }
  const path =
    old.size === request.oldSize
      ? request.consistency
      : await request.prove(old.size);
  const grown = verifyConsistency({
    oldSize: old.size,
    oldRoot: old.root,
    size,
    root,
    path: path.map(one => Buffer.from(one, 'base64')),
  });
  if (!grown) {
    throw new ConflictError(
      `The log was rewritten: it does not begin with the ${old.size} entries that the witness has seen`,
    );
  }
}

/** Sends checkpoints to a witness that speaks C2SP tlog-witness. */
export class HttpWitness implements LogWitness {
  constructor(
    readonly name: string,
    private readonly url: string,
    private readonly headers: Record<string, string>,
  ) {}

  async submit(request: WitnessRequest): Promise<void> {
    const first = await this.#post(
      request,
      request.oldSize,
      request.consistency,
    );
    if (first.status === 409) {
      const seen = Number((await first.text()).trim());
      if (!Number.isSafeInteger(seen)) {
        throw new Error(
          `${this.name} answered 409 without the size it has seen`,
        );
      }
      if (seen > request.size) {
        throw new ConflictError(
          `The log went back: ${this.name} has seen ${seen} entries, now there are ${request.size}`,
        );
      }
      const again = await this.#post(request, seen, await request.prove(seen));
      await this.#accept(again);
      return;
    }
    await this.#accept(first);
  }

  async #accept(response: Response): Promise<void> {
    if (response.status === 422 || response.status === 409) {
      throw new ConflictError(
        `The log was rewritten: ${this.name} refuses it because it does not contain what it has seen`,
      );
    }
    if (!response.ok) {
      throw new Error(`${this.name} answered ${response.status}`);
    }
  }

  #post(request: WitnessRequest, old: number, proof: string[]) {
    return fetch(`${this.url.replace(/\/$/, '')}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...this.headers },
      body: `old ${old}\n${proof.map(one => `${one}\n`).join('')}\n${
        request.note
      }`,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }
}

/** The witnesses of the configuration. */
export function configuredWitnesses(configs: WitnessConfig[]): LogWitness[] {
  return configs.map(one =>
    'file' in one
      ? new FileWitness(one.name, one.file)
      : new HttpWitness(one.name, one.url, one.headers),
  );
}
