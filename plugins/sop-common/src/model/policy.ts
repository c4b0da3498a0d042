import { Entity } from '@backstage/catalog-model';
import { JsonObject, JsonValue } from '@backstage/types';
import { EvidenceField, SOP_API_VERSION, SopStepType } from './types';

/** A policy of a resource's owner as registered in the catalog. @public */
export interface SopPolicyEntity extends Entity {
  apiVersion: typeof SOP_API_VERSION;
  kind: 'SOPPolicy';
  spec: SopPolicySpec & JsonObject;
}

/**
 * What the owner of a resource demands of every procedure that runs on it. Can
 * only tighten: nothing here permits what a procedure alone would refuse.
 * @public
 */
export interface SopPolicySpec {
  /** Entity ref of the group or user who owns the policy, and the targets. */
  owner: string;
  /** Backstage filter predicate: the entities it protects. */
  targets: JsonValue;
  /** Filter predicate over procedures; without it, all of them. */
  procedures?: JsonValue;
  /** Which steps; without it, those that each demand is about. */
  steps?: PolicySteps;
  /** When the steps may begin. */
  windows?: PolicyWindow[];
  /** Approvals needed at least. */
  minQuorum?: number;
  /**
   * Who may not act: `initiator`, `actor:*` (whoever did another task of the
   * run), `actor:<stepId>`, or an entity ref.
   */
  excludedOwners?: string[];
  /** Evidence that must be left in addition. */
  requireEvidence?: EvidenceField[];
  /** Every vote needs a reason. */
  requireReason?: true;
  /** Held while the step runs; `${{ }}` may refer to `target`. */
  lock?: string;
}

/** Steps by type, id and tag; a step must match each that is given. @public */
export interface PolicySteps {
  types?: SopStepType[];
  ids?: string[];
  tags?: string[];
}

/** A recurring window of time; deny wins over allow (Argo CD, RFC 5545). @public */
export interface PolicyWindow {
  name: string;
  effect: 'allow' | 'deny';
  /** RFC 5545 recurrence of the begin. */
  rrule: string;
  /** ISO 8601 local date and time of the first begin. */
  dtstart?: string;
  /** ISO 8601 duration. */
  duration: string;
  /** IANA zone; default UTC. */
  timezone?: string;
}

/**
 * One wording of a policy. Kept for as long as a run refers to it.
 * @public
 */
export interface PolicyRevision {
  /** Entity ref of the policy. */
  ref: string;
  /** Lower-case hex SHA-256 of the canonical JSON of `spec`. */
  hash: string;
  title: string;
  spec: SopPolicySpec;
}
