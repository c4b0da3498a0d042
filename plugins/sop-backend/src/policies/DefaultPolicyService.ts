import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  describeDemands,
  describePolicySteps,
  EntityPolicy,
  isTarget,
  policyStanding,
  SopPolicyEntity,
} from '@handrail/plugin-sop-common';
import { Policies, PolicyOnTarget } from '../service/Policies';
import { CallOptions } from '../service/SopRunService';
import { PolicyService } from './PolicyService';

/** Entities shown of one policy. */
const SHOWN = 500;

/** Reads policies and what they are about from the catalog. */
export class DefaultPolicyService implements PolicyService {
  readonly #catalog: CatalogService;
  readonly #policies: Policies;

  constructor(options: { catalog: CatalogService; policies: Policies }) {
    this.#catalog = options.catalog;
    this.#policies = options.policies;
  }

  async listForEntity(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<EntityPolicy[]> {
    const entity = await this.#read('entityRef', request.entityRef, options);
    const found = await this.#policies.onTarget(entity);
    return found
      .map(one => toEntityPolicy(entity, one))
      .sort(
        (a, b) =>
          Number(b.inForce) - Number(a.inForce) ||
          a.title.localeCompare(b.title),
      );
  }

  async listTargets(
    request: { policyRef: string },
    options: CallOptions,
  ): Promise<{ items: EntityPolicy[]; total: number }> {
    const policy = (await this.#read(
      'policyRef',
      request.policyRef,
      options,
    )) as SopPolicyEntity;
    if (policy.kind.toLocaleLowerCase('en-US') !== 'soppolicy') {
      throw new InputError(
        `policyRef: found "${request.policyRef}"; allowed: soppolicy:<namespace>/<name>`,
      );
    }
    const { items, totalItems } = await this.#catalog.queryEntities(
      { query: policy.spec.targets as FilterPredicate, limit: SHOWN },
      options,
    );
    const targets = items.filter(item => isTarget(policy.spec, item));
    const listed: EntityPolicy[] = [];
    for (const target of targets) {
      const owners = await this.#policies.ownersOf(target);
      const standing = policyStanding(policy, target, { owners });
      listed.push(toEntityPolicy(target, { policy, standing }));
    }
    return {
      items: listed.sort(
        (a, b) =>
          Number(a.inForce) - Number(b.inForce) ||
          a.entityRef.localeCompare(b.entityRef),
      ),
      total: totalItems,
    };
  }

  async #read(
    path: string,
    ref: string,
    { credentials }: CallOptions,
  ): Promise<Entity> {
    let name;
    try {
      name = stringifyEntityRef(parseEntityRef(ref));
    } catch {
      throw new InputError(
        `${path}: found "${ref.slice(0, 80)}"; allowed: a full entity ref`,
      );
    }
    const entity = await this.#catalog.getEntityByRef(name, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `There is no entity "${name}", or you may not see it`,
      );
    }
    return entity;
  }
}

function toEntityPolicy(
  target: Entity,
  { policy, standing }: PolicyOnTarget,
): EntityPolicy {
  const { metadata, spec } = policy;
  return {
    entityRef: stringifyEntityRef(target),
    entityTitle: target.metadata.title,
    policyRef: stringifyEntityRef(policy),
    title: metadata.title ?? metadata.name,
    description: metadata.description,
    owner: stringifyEntityRef(
      parseEntityRef(spec.owner, {
        defaultKind: 'group',
        defaultNamespace: metadata.namespace,
      }),
    ),
    ...standing,
    demands: describeDemands(spec),
    steps: describePolicySteps(spec),
  };
}
