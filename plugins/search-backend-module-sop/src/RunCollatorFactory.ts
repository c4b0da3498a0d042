import { Readable } from 'node:stream';
import { AuthService } from '@backstage/backend-plugin-api';
import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { RunSummary, sopRunReadPermission } from '@handrail/plugin-sop-common';
import { SopService } from '@handrail/plugin-sop-node';

/** The most that one request gives. */
const PAGE = 200;

/** Newest first; older runs are found by filters of the list of runs. */
const MAX_RUNS = 20_000;

/** A run in the search index. */
export interface RunDocument extends IndexableDocument {
  sopRef: string;
  status: string;
  targetRef?: string;
  initiator: string;
  startedAt: string;
}

/** A run as a document. What people wrote into it stays out. */
export function toRunDocument(run: RunSummary): RunDocument {
  const { runId, title, sopRef, sopTitle, status } = run;
  const { targetRef, initiator, startedAt, headline } = run;
  return {
    title,
    text: [sopTitle, headline, targetRef, initiator].filter(Boolean).join('\n'),
    location: `/sops/runs/${encodeURIComponent(runId)}`,
    sopRef,
    status,
    targetRef,
    initiator,
    startedAt,
    authorization: { resourceRef: runId },
  };
}

/** Runs, the newest first. */
export class RunCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'sop-run';
  readonly visibilityPermission = sopRunReadPermission;

  readonly #auth: AuthService;
  readonly #sops: Pick<SopService, 'listRuns'>;

  constructor(options: {
    auth: AuthService;
    sops: Pick<SopService, 'listRuns'>;
  }) {
    this.#auth = options.auth;
    this.#sops = options.sops;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<RunDocument> {
    let cursor: string | undefined;
    for (let read = 0; read < MAX_RUNS; read += PAGE) {
      const page = await this.#sops.listRuns(
        { limit: PAGE, cursor },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      yield* page.items.map(toRunDocument);
      cursor = page.nextCursor;
      if (!cursor) {
        return;
      }
    }
  }
}
