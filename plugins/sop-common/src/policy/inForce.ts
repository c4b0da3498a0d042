import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  evaluateFilterPredicate,
  FilterPredicate,
} from '@backstage/filter-predicates';
import { SopPolicyEntity, SopPolicySpec } from '../model/policy';
import { fullOwnerRef } from './ownerRef';

/** Who owns an entity, and by what. @public */
export interface EntityOwners {
  /**
   * Refs of users and groups that own the entity, its system or its domain, and
   * of all groups above those.
   */
  owners: string[];
}

/** Whether a policy binds on an entity. @public */
export interface PolicyStanding {
  inForce: boolean;
  /** Why it is not in force, as a sentence; absent when it is. */
  reason?: string;
}

/** Whether a policy says that it is about an entity. @public */
export function isTarget(spec: SopPolicySpec, entity: Entity): boolean {
  return evaluateFilterPredicate(spec.targets as FilterPredicate, entity);
}

/** Whether a policy is about a procedure. @public */
export function isAboutProcedure(spec: SopPolicySpec, sop: Entity): boolean {
  return (
    spec.procedures === undefined ||
    evaluateFilterPredicate(spec.procedures as FilterPredicate, sop)
  );
}

/**
 * Whether a policy that is about an entity binds there: only its owner's policies
 * do, so that nobody can close what belongs to others.
 * @public
 */
export function policyStanding(
  policy: SopPolicyEntity,
  target: Entity,
  { owners }: EntityOwners,
): PolicyStanding {
  const owner = fullOwnerRef(policy);
  if (owners.includes(owner)) {
    return { inForce: true };
  }
  const ref = stringifyEntityRef(target);
  return {
    inForce: false,
    reason: owners.length
      ? `Not in force, because ${owner}, who own the policy, own neither ${ref} nor its system or domain. ${owners.join(
          ', ',
        )} can make one.`
      : `Not in force, because nobody owns ${ref}.`,
  };
}
