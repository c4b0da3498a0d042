import canonicalize from 'canonicalize';
import { namedPolicies } from '../replay/PolicyBook';
import { Policy } from '../replay/tighten';
import { Event, Procedure } from '../replay/types';
import { Bundle, Content } from './Bundle';
import { sha256 } from './journal';
import { PolicyFile, RunFile } from './types';

const hashOf = (content: unknown) => sha256(canonicalize(content) ?? '');

/** The procedure that a run pinned, which must hash to its name. */
export function readProcedure(bundle: Bundle, run: RunFile): Procedure {
  const { revisionHash, runId } = run;
  const path = `revisions/${revisionHash}.json`;
  let procedure = bundle.procedures.get(revisionHash);
  if (!procedure) {
    const content = bundle.json<Procedure>(path);
    procedure = { content, found: hashOf(content) };
    bundle.procedures.set(revisionHash, procedure);
  }
  const { content, found } = procedure;
  if (found !== revisionHash) {
    bundle.found(
      'revision',
      `${path} is not the procedure that the run pinned; its hash is ${found}`,
      { runId, seq: 1 },
    );
  }
  return content;
}

/**
 * The policies that the events of a run name, each of which must be in the
 * bundle and hash to its name. The first that does not is told.
 */
export function readPolicies(
  bundle: Bundle,
  runId: string,
  events: readonly Event[],
): Map<string, Policy> {
  const policies = new Map<string, Policy>();
  for (const event of events) {
    if (!event.data.policies) {
      continue;
    }
    for (const hash of namedPolicies(event)) {
      if (policies.has(hash)) {
        continue;
      }
      const path = `policies/${hash}.json`;
      const policy = readPolicy(bundle, path, hash);
      if (policy?.found !== hash) {
        const { seq } = event;
        bundle.found(
          policy ? 'policy' : 'policy-missing',
          policy
            ? `${path} is not the policy that event ${seq} names; its hash is ${policy.found}`
            : `Event ${seq} names the policy ${hash}, which is not in the bundle`,
          { runId, seq },
        );
        return policies;
      }
      policies.set(hash, policy.content);
    }
  }
  return policies;
}

function readPolicy(
  bundle: Bundle,
  path: string,
  hash: string,
): Content<Policy> | undefined {
  if (!bundle.policies.has(hash)) {
    bundle.policies.set(hash, read(bundle, path, hash));
  }
  return bundle.policies.get(hash);
}

function read(
  bundle: Bundle,
  path: string,
  hash: string,
): Content<Policy> | undefined {
  if (!bundle.files[path]) {
    return undefined;
  }
  try {
    const { ref, spec } = bundle.json<PolicyFile>(path);
    return { content: { hash, ref: String(ref), spec }, found: hashOf(spec) };
  } catch {
    return { content: { hash, ref: '', spec: {} }, found: 'not JSON' };
  }
}
