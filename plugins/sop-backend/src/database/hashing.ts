import { canonicalJson, genesisHash, sha256Hex } from '@handrail/journal';
import { SopPolicySpec, SopSpec } from '@handrail/plugin-sop-common';
import { GenesisSubject } from './RunStore';

/**
 * The hash a run pins: SHA-256 of the canonical JSON of the spec.
 * @throws InputError naming the path of a value that is not JSON
 */
export function revisionHash(spec: SopSpec): string {
  return sha256Hex(canonicalJson(spec, 'spec'));
}

/**
 * The hash by which runs record a policy: SHA-256 of the canonical JSON of its
 * spec.
 * @throws InputError naming the path of a value that is not JSON
 */
export function policyHash(spec: SopPolicySpec): string {
  return sha256Hex(canonicalJson(spec, 'spec'));
}

/** The hash that event 1 of a run's journal follows. */
export function runGenesis(subject: GenesisSubject): string {
  const { runId, revisionHash: revision, engineVersion, sopRef } = subject;
  return genesisHash({
    runId,
    revisionHash: revision,
    engineVersion,
    sopRef,
  });
}
