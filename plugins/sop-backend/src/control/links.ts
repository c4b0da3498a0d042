import { parseEntityRef } from '@backstage/catalog-model';

/** Path of a procedure's page in the portal. */
export function procedurePath(sopRef: string): string {
  const { kind, namespace, name } = parseEntityRef(sopRef);
  return `/catalog/${namespace}/${kind}/${name}`;
}
