import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  evaluateFilterPredicate,
  FilterPredicate,
} from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import {
  indexSpec,
  SopEntity,
  SopSpec,
  TargetSnapshot,
  validateSop,
} from '@handrail/plugin-sop-common';
import { isActionAllowed } from '../config';
import { DocumentControl } from '../control/DocumentControl';
import { problemError } from './errors';

/** Greatest JSON size of one field of a target that a run keeps a copy of. */
const MAX_TARGET_FIELD = 10_000;

/** A procedure as it governs an entity. */
export interface GoverningSop {
  entity: SopEntity;
  sopRef: string;
  title: string;
  /** Of the revision in force, else of the file. */
  spec: SopSpec;
  /** Of that revision. */
  status: string;
  /** Why no run that counts can be started. */
  refusal?: string;
}

/** Procedures and the entities they govern, as the caller sees the catalog. */
export class Procedures {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #allowedActions: string[];
  readonly #control: DocumentControl;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    control: DocumentControl;
    allowedActions: string[];
  }) {
    this.#auth = options.auth;
    this.#control = options.control;
    this.#catalog = options.catalog;
    this.#allowedActions = options.allowedActions;
  }

  /**
   * Reads a procedure.
   * @throws InputError when the ref is not one of a procedure.
   * @throws NotFoundError when the caller sees no such procedure.
   */
  async read(
    sopRef: string,
    credentials: BackstageCredentials,
  ): Promise<{ entity: SopEntity; ref: string }> {
    const ref = readRef('sopRef', sopRef, 'sop');
    if (!ref.startsWith('sop:')) {
      throw problemError('This is not a procedure', [
        {
          path: 'sopRef',
          message: 'must be the entity ref of a procedure',
          found: sopRef,
          allowed: 'sop:<namespace>/<name>',
        },
      ]);
    }
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `There is no procedure "${ref}", or you may not see it`,
      );
    }
    return { entity: entity as SopEntity, ref };
  }

  /** Every procedure the caller sees, or those of the given that are visible. */
  async list(
    credentials: BackstageCredentials,
    sopRefs?: string[],
  ): Promise<SopEntity[]> {
    if (sopRefs) {
      const entityRefs = sopRefs.map(ref => readRef('sopRef', ref));
      const { items: found } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, filter: { kind: 'SOP' } },
        { credentials },
      );
      return found.filter(Boolean) as SopEntity[];
    }
    const { items } = await this.#catalog.getEntities(
      { filter: { kind: 'SOP' } },
      { credentials },
    );
    return items as SopEntity[];
  }

  /** The refs of every procedure the caller sees. */
  async listRefs(credentials: BackstageCredentials): Promise<string[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: { kind: 'SOP' },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials },
    );
    return items.map(entity => stringifyEntityRef(entity));
  }

  /**
   * Every procedure the caller sees that governs the entity, by the revision in
   * force, or by what is in the file where none is.
   */
  async governing(
    target: Entity,
    credentials: BackstageCredentials,
  ): Promise<GoverningSop[]> {
    const all = await Promise.all(
      (await this.list(credentials)).map(entity => this.inForce(entity)),
    );
    return all.filter(
      ({ spec }) => spec.appliesTo !== undefined && governs(spec, target),
    );
  }

  /**
   * The revision of a procedure that is in force, else what is in the file, and
   * why it cannot be started now.
   */
  async inForce(entity: SopEntity): Promise<GoverningSop> {
    const sopRef = stringifyEntityRef(entity);
    const { metadata, spec } = entity;
    const [problem] = validateSop(entity);
    if (problem) {
      return {
        ...{ entity, sopRef, spec, title: metadata.title ?? metadata.name },
        status: spec.lifecycle,
        refusal: `This procedure is not valid: ${problem.path} ${problem.message}.`,
      };
    }
    const loaded = await this.#control.file(entity);
    const inForce = await this.#control.effectiveSpec(entity, loaded);
    return {
      ...{ entity, sopRef, title: metadata.title ?? metadata.name },
      spec: inForce,
      status: this.#control.status(loaded),
      refusal:
        this.#control.startRefusal(loaded) ?? this.actionRefusal(inForce),
    };
  }

  /**
   * Reads an entity.
   * @throws InputError when the ref is not one.
   * @throws NotFoundError when the caller sees no such entity.
   */
  async readTarget(
    path: string,
    targetRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const ref = readRef(path, targetRef);
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `There is no entity "${ref}", or you may not see it`,
      );
    }
    return entity;
  }

  /**
   * Why no run of this revision can be started in this portal, in a sentence
   * that says what would change it.
   */
  actionRefusal(spec: SopSpec): string | undefined {
    const refused = [...indexSpec(spec).values()].flatMap(({ step }) =>
      (step.type === 'action' || step.type === 'check') &&
      !isActionAllowed(step.action, this.#allowedActions)
        ? [`“${step.name}” uses ${step.action}`]
        : [],
    );
    return refused.length
      ? `Steps of procedures may not use every action: ${refused.join(
          ', ',
        )}. Somebody who configures this portal can add it to sop.actions.allow.`
      : undefined;
  }

  /** @throws InputError naming every problem of the file. */
  assertValid(entity: SopEntity): void {
    const problems = validateSop(entity);
    if (problems.length > 0) {
      throw problemError('This procedure is not valid', problems);
    }
  }

  /** @throws InputError naming the actions that steps may not use. */
  assertActionsAllowed(spec: SopSpec): void {
    const refusal = this.actionRefusal(spec);
    if (refusal) {
      throw Object.assign(new InputError(refusal), {
        problems: [{ path: 'sopRef', message: refusal }],
      });
    }
  }

  /**
   * The target of a new run.
   * @throws InputError when the procedure needs one and there is none, or when
   * it does not govern this one.
   */
  async acceptTarget(
    spec: SopSpec,
    targetRef: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<TargetSnapshot | undefined> {
    if (targetRef === undefined) {
      if (spec.appliesTo !== undefined) {
        throw problemError('This procedure is about an entity', [
          {
            path: 'targetRef',
            message: 'required',
            found: 'nothing',
            allowed: `an entity that matches ${JSON.stringify(spec.appliesTo)}`,
          },
        ]);
      }
      return undefined;
    }
    const target = await this.readTarget('targetRef', targetRef, credentials);
    if (spec.appliesTo !== undefined && !governs(spec, target)) {
      throw refuseTarget(spec, stringifyEntityRef(target));
    }
    return snapshot(target);
  }

  /**
   * The target of the run of a step: the entity that the step names, read as
   * the back end itself, or else what the outer run is about.
   * @throws InputError as {@link Procedures.acceptTarget} does.
   */
  async acceptTargetAsService(
    spec: SopSpec,
    targetRef: string | undefined,
    inherited: TargetSnapshot | undefined,
  ): Promise<TargetSnapshot | undefined> {
    if (targetRef === undefined && inherited) {
      const { kind, metadata, spec: entitySpec } = inherited;
      const known = { kind, metadata, spec: entitySpec } as unknown as Entity;
      if (spec.appliesTo !== undefined && !governs(spec, known)) {
        throw refuseTarget(spec, inherited.entityRef);
      }
      return inherited;
    }
    return this.acceptTarget(
      spec,
      targetRef,
      await this.#auth.getOwnServiceCredentials(),
    );
  }
}

function refuseTarget(spec: SopSpec, entityRef: string): InputError {
  return problemError('This procedure does not govern that entity', [
    {
      path: 'targetRef',
      message: 'does not match spec.appliesTo of the procedure',
      found: entityRef,
      allowed: `an entity that matches ${JSON.stringify(spec.appliesTo)}`,
    },
  ]);
}

function governs(spec: SopSpec, target: Entity): boolean {
  return evaluateFilterPredicate(spec.appliesTo as FilterPredicate, target);
}

function readRef(path: string, ref: string, defaultKind?: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref, { defaultKind }));
  } catch {
    throw problemError('This is not an entity ref', [
      {
        path,
        message: 'must be an entity ref',
        found: ref.slice(0, 80),
        allowed: '<kind>:<namespace>/<name>',
      },
    ]);
  }
}

function snapshot(entity: Entity): TargetSnapshot {
  const { metadata, kind } = entity;
  return {
    entityRef: stringifyEntityRef(entity),
    kind,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    ...(metadata.title ? { title: metadata.title } : {}),
    ...ownerOf(entity),
    metadata: withoutLarge(metadata as JsonObject),
    spec: withoutLarge(entity.spec ?? {}),
  };
}

function ownerOf(entity: Entity): { owner?: string } {
  const relation = entity.relations?.find(r => r.type === RELATION_OWNED_BY);
  const owner = relation?.targetRef ?? entity.spec?.owner;
  return typeof owner === 'string'
    ? {
        owner: stringifyEntityRef(
          parseEntityRef(owner, {
            defaultKind: 'group',
            defaultNamespace: entity.metadata.namespace,
          }),
        ),
      }
    : {};
}

/** A run's journal is no place for an API definition of a megabyte. */
function withoutLarge(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined && JSON.stringify(value).length <= MAX_TARGET_FIELD,
    ),
  );
}
