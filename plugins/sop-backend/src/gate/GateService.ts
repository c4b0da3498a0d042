import { GateDecision } from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/** Answers whether an entity may be changed in production now. */
export interface GateService {
  /**
   * The decision as of now, with every reason.
   *
   * @throws InputError when the entity ref cannot be read; NotFoundError when
   *   the caller cannot see such an entity; NotAllowedError without the
   *   permission `sop.gate.read`
   */
  getGate(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<GateDecision>;
}
