import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  effectiveSpec,
  formatProblem,
  isAboutProcedure,
  isClosed,
  isTarget,
  PolicyFacts,
  PolicyRevision,
  policyStanding,
  PolicyStanding,
  RunState,
  SopPolicyEntity,
  SopSpec,
  UnknownPolicyError,
  validateSopPolicy,
} from '@handrail/plugin-sop-common';
import { policyHash } from '../database/hashing';
import { RunStore } from '../database/RunStore';
import { Directory } from './Directory';
import { ExpiringMap } from './ExpiringMap';

/** How long what the catalog says of policies is used, in milliseconds. */
const TTL = 10_000;

/** A policy that is about an entity, and whether it binds there. */
export interface PolicyOnTarget {
  policy: SopPolicyEntity;
  standing: PolicyStanding;
}

/** What a run is about, as far as policies look at it. */
export interface PolicySubject {
  sopRef: string;
  targetRef?: string;
}

/**
 * The policies of resource owners: which are in force for a run, and their
 * wordings. Reads the catalog with the plugin's own rights, as a policy binds
 * those too who cannot see it. Throws when the catalog does not answer: not
 * knowing a rule is no permission.
 */
export class Policies {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #directory: Directory;
  readonly #logger: LoggerService;
  readonly #store: RunStore;
  readonly #all = new ExpiringMap<SopPolicyEntity[]>(TTL);
  readonly #inForce = new ExpiringMap<PolicyRevision[]>(TTL);
  /** Wordings by hash; all of them are in the database. */
  readonly #known = new Map<string, PolicyRevision>();
  #loaded: Promise<void> | undefined;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    directory: Directory;
    logger: LoggerService;
    store: RunStore;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#directory = options.directory;
    this.#logger = options.logger;
    this.#store = options.store;
  }

  /** Every valid policy of the catalog. */
  async list(): Promise<SopPolicyEntity[]> {
    return this.#all.get('', async () => {
      const { items } = await this.#catalog.getEntities(
        { filter: { kind: 'SOPPolicy' } },
        await this.#credentials(),
      );
      return items.filter(isValid(this.#logger)) as SopPolicyEntity[];
    });
  }

  /** The policies that are about an entity, those not in force too. */
  async onTarget(target: Entity): Promise<PolicyOnTarget[]> {
    const about = (await this.list()).filter(policy =>
      isTarget(policy.spec, target),
    );
    if (about.length === 0) {
      return [];
    }
    const owners = await this.ownersOf(target);
    return about.map(policy => ({
      policy,
      standing: policyStanding(policy, target, { owners }),
    }));
  }

  /**
   * What is in force for a run of a procedure on a target. Whatever is returned
   * is in the database by then.
   */
  async inForce(subject: PolicySubject): Promise<PolicyRevision[]> {
    const { sopRef, targetRef } = subject;
    if (!targetRef || (await this.list()).length === 0) {
      return [];
    }
    return this.#inForce.get(`${sopRef} ${targetRef}`, async () => {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: [targetRef, sopRef] },
        await this.#credentials(),
      );
      const [target, sop] = items;
      if (!target) {
        return [];
      }
      const revisions = (await this.onTarget(target))
        .filter(
          ({ policy, standing }) =>
            standing.inForce &&
            isAboutProcedure(policy.spec, sop ?? missing(sopRef)),
        )
        .map(({ policy }) => toRevision(policy));
      await this.#keep(revisions);
      return revisions;
    });
  }

  /** What a decision on a run needs to know of policies. */
  async factsFor(subject: PolicySubject): Promise<PolicyFacts> {
    const policies = await this.inForce(subject);
    this.#loaded ??= this.reload();
    await this.#loaded;
    return { policies, pinnedPolicies: this.#known };
  }

  /** The procedure of a run as policies demand it, for whoever looks at it. */
  async effectiveSpec(state: RunState, spec: SopSpec): Promise<SopSpec> {
    const facts = await this.factsFor({
      sopRef: state.sopRef,
      // Nothing more begins, so only what steps began under counts.
      targetRef: isClosed(state.status) ? undefined : state.target?.entityRef,
    });
    return this.withWordings(() => effectiveSpec(state, spec, facts));
  }

  /** Does something again when it lacked a wording another replica has kept. */
  async withWordings<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UnknownPolicyError)) {
        throw error;
      }
      await this.reload();
      return work();
    }
  }

  /** Takes over the wordings that other replicas have kept. */
  async reload(): Promise<void> {
    try {
      for (const policy of await this.#store.listPolicies()) {
        this.#known.set(policy.hash, policy);
      }
    } catch (error) {
      this.#loaded = undefined;
      throw error;
    }
  }

  /** A wording that a run refers to. */
  wording(hash: string): PolicyRevision | undefined {
    return this.#known.get(hash);
  }

  /**
   * Who owns an entity, its system or its domain, and all groups above those.
   */
  async ownersOf(target: Entity): Promise<string[]> {
    const owners = new Set<string>();
    let level: Entity[] = [target];
    // An entity, its system, that one's domain: the catalog nests no deeper.
    for (let depth = 0; depth < 3 && level.length > 0; depth++) {
      level.flatMap(ownerRefs).forEach(ref => owners.add(ref));
      const parents = [...new Set(level.flatMap(parentRefs))];
      const { items } = parents.length
        ? await this.#catalog.getEntitiesByRefs(
            { entityRefs: parents },
            await this.#credentials(),
          )
        : { items: [] };
      level = items.filter((item): item is Entity => Boolean(item));
    }
    return this.#directory.withGroupsAbove([...owners]);
  }

  async #keep(policies: PolicyRevision[]): Promise<void> {
    const fresh = policies.filter(({ hash }) => !this.#known.has(hash));
    await this.#store.savePolicies(fresh);
    fresh.forEach(policy => this.#known.set(policy.hash, policy));
  }

  async #credentials() {
    return { credentials: await this.#auth.getOwnServiceCredentials() };
  }
}

/** A policy of the catalog as runs refer to it. */
export function toRevision(policy: SopPolicyEntity): PolicyRevision {
  const { metadata, spec } = policy;
  return {
    ref: stringifyEntityRef(policy),
    hash: policyHash(spec),
    title: metadata.title ?? metadata.name,
    spec,
  };
}

function isValid(logger: LoggerService) {
  return (entity: Entity): boolean => {
    const [problem] = validateSopPolicy(entity);
    if (problem) {
      logger.warn(
        `${stringifyEntityRef(entity)} is not in force: ${formatProblem(
          problem,
        )}`,
      );
    }
    return !problem;
  };
}

/** A procedure that is no longer in the catalog still has a kind and a name. */
function missing(sopRef: string): Entity {
  const { kind, namespace, name } = parseEntityRef(sopRef);
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind,
    metadata: { namespace, name },
  };
}

function refsOf(
  entity: Entity,
  relation: string,
  fields: Array<[field: string, defaultKind: string]>,
): string[] {
  const related = (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => stringifyEntityRef(parseEntityRef(targetRef)));
  const named = fields.flatMap(([field, defaultKind]) => {
    const value = entity.spec?.[field];
    return typeof value === 'string'
      ? [
          stringifyEntityRef(
            parseEntityRef(value, {
              defaultKind,
              defaultNamespace: entity.metadata.namespace,
            }),
          ),
        ]
      : [];
  });
  return related.length ? related : named;
}

function ownerRefs(entity: Entity): string[] {
  return refsOf(entity, RELATION_OWNED_BY, [['owner', 'group']]);
}

function parentRefs(entity: Entity): string[] {
  return refsOf(entity, RELATION_PART_OF, [
    ['system', 'system'],
    ['domain', 'domain'],
  ]).filter(ref => /^(system|domain):/.test(ref));
}
