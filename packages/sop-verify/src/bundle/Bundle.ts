import { Policy } from '../replay/tighten';
import { Procedure, Violation } from '../replay/types';
import { Finding } from './types';

/** Content that is named by its hash, with the hash it really has. */
export interface Content<T> {
  content: T;
  found: string;
}

/** A bundle that is being looked at. */
export class Bundle {
  readonly findings: Finding[] = [];
  /** Procedures by hash, so that many runs of one read it once. */
  readonly procedures = new Map<string, Content<Procedure>>();
  /** The same of policies; undefined where the bundle has none of that hash. */
  readonly policies = new Map<string, Content<Policy> | undefined>();

  constructor(readonly files: Record<string, Uint8Array>) {}

  text(path: string): string {
    const bytes = this.files[path];
    if (!bytes) {
      throw new Error(`${path} is missing`);
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  }

  json<T>(path: string): T {
    return JSON.parse(this.text(path)) as T;
  }

  found(rule: string, message: string, more: Partial<Finding> = {}): void {
    this.findings.push({ rule, message, ...more });
  }

  /** Notes what cannot be read instead of giving up. */
  try<T>(
    rule: string,
    runId: string | undefined,
    work: () => T,
  ): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof Violation) {
        const { rule: broken, seq, message } = error;
        this.found(broken, message, { runId, seq });
      } else {
        this.found(rule, (error as Error).message, { runId });
      }
      return undefined;
    }
  }
}
