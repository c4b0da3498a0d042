import {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  TourEntity,
  TourView,
  validateTour,
} from '@handrail/plugin-onboarding-common';

type Credentials = BackstageCredentials<BackstageUserPrincipal>;

/** A tour as it stands in the catalog. */
export interface Tour extends Omit<TourView, 'progress'> {
  owner: string;
  offer: boolean;
  order: number;
}

/** The tours of the catalog that are for somebody. */
export class TourCatalog {
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;

  constructor(options: { catalog: CatalogService; userInfo: UserInfoService }) {
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
  }

  /** In their order, then by title. Tours that are not valid are left out. */
  async list(credentials: Credentials): Promise<Tour[]> {
    const { items } = await this.#catalog.getEntities(
      { filter: { kind: 'Tour' } },
      { credentials },
    );
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      credentials,
    );
    return items
      .filter(
        entity =>
          validateTour(entity).length === 0 &&
          isFor(entity as TourEntity, ownershipEntityRefs),
      )
      .map(toTour)
      .sort(
        (a, b) => a.order - b.order || a.title.localeCompare(b.title, 'en'),
      );
  }

  /**
   * @throws InputError when the ref is not one of a tour.
   * @throws NotFoundError when there is no such tour for the caller.
   */
  async read(ref: string, credentials: Credentials): Promise<Tour> {
    const tourRef = readTourRef(ref);
    const tours = await this.list(credentials);
    const tour = tours.find(one => one.tourRef === tourRef);
    if (!tour) {
      throw new NotFoundError(
        `There is no tour "${tourRef}", or it is not for you; yours are ${
          tours.map(one => one.tourRef).join(', ') || 'none'
        }`,
      );
    }
    return tour;
  }
}

function readTourRef(ref: string): string {
  try {
    const canonical = stringifyEntityRef(
      parseEntityRef(ref, { defaultKind: 'tour' }),
    );
    if (canonical.startsWith('tour:')) {
      return canonical;
    }
  } catch {
    // Said below.
  }
  throw new InputError(
    `ref: found "${ref.slice(0, 80)}"; allowed: tour:<namespace>/<name>`,
  );
}

function isFor(tour: TourEntity, ownership: string[]): boolean {
  const groups = tour.spec.audience?.groups;
  return !groups || groups.some(group => ownership.includes(group));
}

function toTour(entity: Entity): Tour {
  const { metadata, spec } = entity as TourEntity;
  return {
    tourRef: stringifyEntityRef(entity),
    title: metadata.title ?? metadata.name,
    description: metadata.description,
    owner: stringifyEntityRef(
      parseEntityRef(spec.owner, {
        defaultKind: 'group',
        defaultNamespace: metadata.namespace,
      }),
    ),
    version: spec.version,
    minutes: spec.minutes,
    steps: spec.steps,
    offer: spec.offer ?? false,
    order: spec.order ?? 100,
  };
}
