import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import type { Permit, SopDocument, SopSpec } from '@handrail/plugin-sop-common';

/**
 * The parts of a procedure that pages read. The catalog validates the kind, but
 * a page must also survive an entity that only claims to be one.
 */
export function specOf(entity: Entity): Partial<SopSpec> & {
  steps: SopSpec['steps'];
} {
  const spec = (entity.spec ?? {}) as unknown as Partial<SopSpec>;
  return { ...spec, steps: Array.isArray(spec.steps) ? spec.steps : [] };
}

/** Document control of a procedure; all parts may be missing. */
export function documentOf(entity: Entity): Partial<SopDocument> {
  return specOf(entity).document ?? {};
}

/** Title of an entity, or its name. */
export function titleOf(entity: Entity): string {
  return entity.metadata.title ?? entity.metadata.name;
}

/** Messages of the catalog about a file that became invalid. */
export function statusErrors(entity: Entity): string[] {
  const { status }: AlphaEntity = entity;
  return (status?.items ?? [])
    .filter(item => item.level === 'error')
    .map(item => item.error?.message ?? item.message);
}

/** What the reader may know about starting, before the back end is asked. */
export function startPermit(
  lifecycle: string | undefined,
  reasons: { superseded: string; retired: string },
): Permit {
  if (lifecycle === 'superseded' || lifecycle === 'retired') {
    return { allowed: false, reason: reasons[lifecycle] };
  }
  return { allowed: true };
}

/**
 * The first sentence or line of a description, for lists. Descriptions are
 * Markdown, whose marks only disturb in one line.
 */
export function purposeOf(description: string | undefined): string {
  const [paragraph = ''] = (description ?? '').trim().split(/\n\s*\n/);
  return paragraph.replace(/\s+/g, ' ').replace(/[*`]/g, '');
}

/** Whether a run is about a user; then the reader is the first choice. */
export function isAboutPeople(entity: Entity): boolean {
  const { appliesTo } = specOf(entity);
  const kind =
    typeof appliesTo === 'object' && appliesTo !== null && 'kind' in appliesTo
      ? appliesTo.kind
      : undefined;
  return typeof kind === 'string' && kind.toLocaleLowerCase('en-US') === 'user';
}
