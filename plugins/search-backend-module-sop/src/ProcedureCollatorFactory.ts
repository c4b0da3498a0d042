import { Readable } from 'node:stream';
import { AuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { SopEntity, SopStep } from '@handrail/plugin-sop-common';

/** A procedure in the search index. */
export interface ProcedureDocument extends IndexableDocument {
  number?: string;
  lifecycle: string;
  owner: string;
}

/** Steps with those inside them. */
function allSteps(steps: readonly SopStep[]): SopStep[] {
  return steps.flatMap(step => {
    if (step.type === 'parallel') {
      return [step, ...step.branches.flatMap(one => allSteps(one.steps))];
    }
    if (step.type === 'switch') {
      const inside = [...step.cases, ...(step.default ? [step.default] : [])];
      return [step, ...inside.flatMap(one => allSteps(one.steps))];
    }
    return [step];
  });
}

/** A procedure as a document: what it is for, then what its steps say. */
export function toProcedureDocument(entity: Entity): ProcedureDocument {
  const { metadata, spec } = entity as SopEntity;
  const { namespace = 'default', name } = metadata;
  const steps = Array.isArray(spec.steps) ? allSteps(spec.steps) : [];
  return {
    title: metadata.title ?? name,
    text: [
      metadata.description,
      spec.document?.number,
      ...(metadata.tags ?? []),
      ...steps.flatMap(step => [step.name, step.instructions]),
    ]
      .filter(Boolean)
      .join('\n'),
    location: `/catalog/${encodeURIComponent(
      namespace,
    )}/sop/${encodeURIComponent(name)}`,
    number: spec.document?.number,
    lifecycle: spec.lifecycle,
    owner: spec.owner,
    authorization: { resourceRef: stringifyEntityRef(entity) },
  };
}

/** All procedures of the catalog. */
export class ProcedureCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'sop';
  readonly visibilityPermission = catalogEntityReadPermission;

  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<ProcedureDocument> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const pages = this.#catalog.streamEntities(
      { filter: { kind: 'SOP' } },
      { credentials },
    );
    for await (const page of pages) {
      for (const entity of page) {
        yield toProcedureDocument(entity);
      }
    }
  }
}
