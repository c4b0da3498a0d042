import {
  Bucket,
  SloDefinition,
  SloEvaluation,
  SloStatus,
} from '@handrail/plugin-slo-common';

/** An SLO with what is known of it. Times are seconds since 1970. */
export interface StoredSlo {
  definition: SloDefinition;
  /** Of the last evaluation; `unknown` before the first. */
  status: SloStatus;
  evaluation?: SloEvaluation;
  evaluatedAt?: number;
  dataUntil?: number;
  error?: string;
  errorAt?: number;
}

/** How an evaluation ended. */
export type Outcome =
  | { ref: string; evaluation: SloEvaluation; at: number; dataUntil: number }
  | { ref: string; error: string; at: number };

/** A status that is not what it was. */
export interface StatusChange {
  ref: string;
  from: SloStatus;
  to: SloStatus;
}

/** One count of a stream of the embedded source. */
export interface StreamCount {
  key: string;
  at: number;
  bad: number;
  total: number;
}

/** What a source said of a series between two times. */
export interface Replacement {
  key: string;
  from: number;
  until: number;
  buckets: Bucket[];
}

/** Tells a repeat from a new post. */
export interface CountsPost {
  sender: string;
  id: string;
  /** Of what was posted. */
  digest: string;
  /** When, seconds since 1970. */
  at: number;
}

/** Keeps SLOs, their counters and their evaluations. */
export interface SloStore {
  /** Makes the stored SLOs those given; evaluations of those that stay are kept. */
  syncDefinitions(definitions: SloDefinition[]): Promise<void>;
  list(): Promise<StoredSlo[]>;
  get(ref: string): Promise<StoredSlo | undefined>;

  /** Stores outcomes; a failure leaves the last evaluation as it is. */
  saveOutcomes(outcomes: Outcome[]): Promise<StatusChange[]>;

  /** From when to when counters are stored, by key. */
  ranges(
    keys: string[],
  ): Promise<Map<string, { since: number; until: number }>>;

  /** Replaces the buckets in the ranges; of each series all or none. */
  replaceBuckets(replacements: Replacement[]): Promise<void>;

  /** By key, buckets that begin in `[from, until)`, in order. */
  readBuckets(
    keys: string[],
    range: { from: number; until: number },
  ): Promise<Map<string, Bucket[]>>;

  /**
   * Adds counts to buckets; all or none. With an id, only the first time.
   * @throws ConflictError when the id stands for other counts
   */
  addCounts(
    counts: StreamCount[],
    post?: CountsPost,
  ): Promise<{ repeated: boolean }>;

  /** Deletes counters and ids of posts that are older. */
  prune(before: number): Promise<void>;
}
