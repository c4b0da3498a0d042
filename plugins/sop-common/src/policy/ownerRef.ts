import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { SopPolicyEntity } from '../model/policy';

/** The owner of a policy in full. */
export function fullOwnerRef({ metadata, spec }: SopPolicyEntity): string {
  return stringifyEntityRef(
    parseEntityRef(spec.owner, {
      defaultKind: 'group',
      defaultNamespace: metadata.namespace,
    }),
  );
}
