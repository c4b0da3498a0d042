import { EntityPolicy } from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/** Tells which policies bind where. */
export interface PolicyService {
  /**
   * The policies that are about an entity, those in force first.
   *
   * @throws InputError when the entity ref cannot be read; NotFoundError when
   *   the caller cannot see such an entity; NotAllowedError without the
   *   permission `sop.run.read`
   */
  listForEntity(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<EntityPolicy[]>;

  /**
   * The entities that a policy is about and that the caller can see, those where
   * it is not in force first.
   *
   * @throws as `listForEntity`, about the policy
   */
  listTargets(
    request: { policyRef: string },
    options: CallOptions,
  ): Promise<{ items: EntityPolicy[]; total: number }>;
}
