import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  AddCountersRequest,
  AddCountersResult,
  BUCKET_SECONDS,
  burnDown,
  BurnDownRequest,
  EMBEDDED_SOURCE,
  ListSlosRequest,
  objectiveSeries,
  SloBurnDown,
  SloKey,
  SloPage,
  SloRules,
  SloView,
  toRulesAnswer,
  toSeries,
  validateOpenSloYaml,
  ValidationResult,
} from '@handrail/plugin-slo-common';
import { SloStore, StoredSlo } from '../database';
import { Evaluator, Rounds, streamKey } from '../evaluation';
import { digestOf, readCounts } from './counters';
import { toPage } from './listing';
import { CallOptions, SloService } from './SloService';
import { iso, toView, ViewOptions } from './views';

const DEFAULT_POINTS = 300;

/** What the service needs. */
export interface DefaultSloServiceOptions {
  store: SloStore;
  evaluator: Evaluator;
  rounds: Rounds;
  intervalSeconds: number;
  unknownAfterSeconds: number;
  /** Seconds since 1970. */
  now?: () => number;
}

/** Reads what was evaluated, and takes counters. */
export class DefaultSloService implements SloService {
  readonly #options: DefaultSloServiceOptions;

  constructor(options: DefaultSloServiceOptions) {
    this.#options = options;
  }

  async listSlos(request: ListSlosRequest): Promise<SloPage> {
    return toPage(await this.#options.store.list(), request, this.#view());
  }

  async getSlo(request: SloKey): Promise<SloView> {
    return this.#toView(await this.#get(request));
  }

  async getBurnDown(request: BurnDownRequest): Promise<SloBurnDown> {
    const { store, evaluator } = this.#options;
    const slo = await this.#get(request);
    const { definition, evaluation } = slo;
    const index = request.objective
      ? definition.objectives.findIndex(one => one.name === request.objective)
      : evaluation?.worst ?? 0;
    const objective = definition.objectives[index];
    if (!objective) {
      throw new NotFoundError(
        `The objective ${JSON.stringify(request.objective)} is not one of ${
          definition.ref
        }; it has ${definition.objectives.map(one => one.name).join(', ')}`,
      );
    }
    const to =
      Math.ceil((slo.dataUntil ?? this.#now()) / BUCKET_SECONDS) *
      BUCKET_SECONDS;
    const from = to - definition.window.seconds;
    const key = evaluator.seriesKey(definition);
    const buckets =
      key && slo.evaluatedAt !== undefined
        ? (await store.readBuckets([key], { from, until: to })).get(key) ?? []
        : [];
    const series = objectiveSeries(
      toSeries(buckets, { from, to, step: BUCKET_SECONDS }),
      definition,
      objective,
    );
    const { points, stepSeconds } = burnDown(
      series,
      objective.target,
      request.points ?? DEFAULT_POINTS,
    );
    return {
      ref: definition.ref,
      objective: objective.name,
      target: objective.target,
      from: iso(series.start),
      to: iso(to),
      stepSeconds,
      points: points.map(point => ({ ...point, at: iso(point.at) })),
    };
  }

  async getRules(request: SloKey): Promise<SloRules> {
    return toRulesAnswer((await this.#get(request)).definition);
  }

  async evaluateSlo(request: SloKey): Promise<SloView> {
    const { evaluator, rounds } = this.#options;
    await rounds.sync();
    const { definition } = await this.#get(request);
    await evaluator.evaluate([definition], this.#now(), { force: true });
    return this.#toView(await this.#get(request));
  }

  async validateDocument(request: {
    content: string;
  }): Promise<ValidationResult> {
    return validateOpenSloYaml(request.content);
  }

  async addCounters(
    request: AddCountersRequest,
    { credentials }: CallOptions,
  ): Promise<AddCountersResult> {
    const { store, evaluator, rounds } = this.#options;
    const now = this.#now();
    let streams = await this.#streams();
    if (request.counts.some(({ stream }) => !streams.has(stream))) {
      // It may have been registered a moment ago.
      await rounds.sync();
      streams = await this.#streams();
    }
    const counts = readCounts(request, new Set(streams.keys()), now);
    const principal = credentials.principal as {
      userEntityRef?: string;
      subject?: string;
    };
    const { repeated } = await store.addCounts(counts, {
      sender: principal.userEntityRef ?? principal.subject ?? 'unknown',
      id: request.id,
      digest: digestOf(request),
      at: now,
    });
    if (!repeated) {
      const names = new Set(request.counts.map(({ stream }) => stream));
      const slos = [...names].flatMap(name => streams.get(name) ?? []);
      await evaluator.evaluate(
        slos.map(slo => slo.definition),
        now,
      );
    }
    return { accepted: counts.length, repeated };
  }

  /** SLOs of the embedded source, by the stream that they read. */
  async #streams(): Promise<Map<string, StoredSlo[]>> {
    const streams = new Map<string, StoredSlo[]>();
    for (const slo of await this.#options.store.list()) {
      const { indicator } = slo.definition;
      const stream = indicator?.numerator.stream;
      if (
        indicator?.sourceType === EMBEDDED_SOURCE &&
        typeof stream === 'string' &&
        this.#options.evaluator.seriesKey(slo.definition) === streamKey(stream)
      ) {
        streams.set(stream, [...(streams.get(stream) ?? []), slo]);
      }
    }
    return streams;
  }

  async #get({ namespace, name }: SloKey): Promise<StoredSlo> {
    const ref = stringifyEntityRef({ kind: 'slo', namespace, name });
    const slo = await this.#options.store.get(ref);
    if (!slo) {
      throw new NotFoundError(
        `There is no SLO ${namespace}/${name}. One that was registered just now shows up with the next evaluation.`,
      );
    }
    return slo;
  }

  #toView(slo: StoredSlo): SloView {
    return {
      ...toView(slo, this.#view()),
      permits: { evaluate: { allowed: true } },
    };
  }

  #view(): ViewOptions {
    const { intervalSeconds, unknownAfterSeconds } = this.#options;
    return { now: this.#now(), intervalSeconds, unknownAfterSeconds };
  }

  #now(): number {
    return this.#options.now?.() ?? Math.floor(Date.now() / 1000);
  }
}
