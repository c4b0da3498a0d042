import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { GateDecision, GateReason } from '@handrail/plugin-sop-common';
import { GateContributor } from '@handrail/plugin-sop-node';
import { CallOptions } from '../service/SopRunService';
import { decisionSentence, inOrder, opensAt } from './decision';
import { GateService } from './GateService';

/** How long a contributor may think; a gate that hangs helps nobody. */
const PATIENCE_MS = 10_000;

/** Asks every contributor; any reason that blocks closes the gate. */
export class DefaultGateService implements GateService {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #contributors: () => GateContributor[];
  readonly #logger: LoggerService;
  readonly #patienceMs: number;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    /** Asked for each decision: modules add theirs after this is made. */
    contributors: () => GateContributor[];
    logger: LoggerService;
    patienceMs?: number;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#contributors = options.contributors;
    this.#logger = options.logger;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  async getGate(
    request: { entityRef: string },
    { credentials }: CallOptions,
  ): Promise<GateDecision> {
    const entity = await this.#entity(request.entityRef, credentials);
    const entityRef = stringifyEntityRef(entity);
    const now = new Date();
    const answers = await Promise.all(
      this.#contributors().map(one => this.#ask(one, { entityRef, now })),
    );
    const reasons = inOrder(answers.flat());
    const allowed = !reasons.some(({ blocking }) => blocking);
    return {
      entityRef,
      allowed,
      at: now.toISOString(),
      opensAt: opensAt(reasons),
      sentence: decisionSentence(
        entity.metadata.title ?? entity.metadata.name,
        reasons,
      ),
      reasons,
    };
  }

  async #entity(
    ref: string,
    credentials: CallOptions['credentials'],
  ): Promise<Entity> {
    let name;
    try {
      name = parseEntityRef(ref);
    } catch (error) {
      throw new InputError(
        `entityRef is "${ref}"; allowed is a full entity ref such as component:default/payments-api`,
      );
    }
    const entity = await this.#catalog.getEntityByRef(name, { credentials });
    if (!entity) {
      throw new NotFoundError(`There is no entity ${stringifyEntityRef(name)}`);
    }
    return entity;
  }

  /** Who cannot answer keeps the gate closed: not knowing is no permission. */
  async #ask(
    contributor: GateContributor,
    request: { entityRef: string; now: Date },
  ): Promise<GateReason[]> {
    const { source } = contributor;
    const signal = AbortSignal.timeout(this.#patienceMs);
    try {
      const credentials = await this.#auth.getOwnServiceCredentials();
      const answer = await Promise.race([
        contributor.evaluate(request, { credentials, signal }),
        rejection(signal),
      ]);
      return answer.map(reason => ({ ...reason, source }));
    } catch (error) {
      this.#logger.warn(
        `The change gate could not ask "${source}" about ${request.entityRef}: ${error}`,
      );
      return [
        {
          source,
          code: 'unknown',
          sentence: `${source} could not be asked, so nobody knows whether a change is safe.`,
          blocking: true,
        },
      ];
    }
  }
}

/** Rejects when the signal ends. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
