import {
  BackstageCredentials,
  BackstageUserPrincipal,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { OnboardingChecklist } from '@handrail/plugin-onboarding-common';
import { SopService } from '@handrail/plugin-sop-node';

/** Steps that hold others are no work of their own. */
const CONTAINERS = ['parallel', 'switch'];

/** The run of the onboarding procedure about the person who asks. */
export class Checklist {
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;
  readonly #sop: SopService;
  readonly #sopRef: string;

  constructor(options: {
    catalog: CatalogService;
    logger: LoggerService;
    sop: SopService;
    sopRef: string;
  }) {
    this.#catalog = options.catalog;
    this.#logger = options.logger;
    this.#sop = options.sop;
    this.#sopRef = options.sopRef;
  }

  /** The procedure, when the caller can see it. */
  async sopRef(credentials: BackstageCredentials): Promise<string | undefined> {
    const entity = await this.#catalog.getEntityByRef(this.#sopRef, {
      credentials,
    });
    return entity && this.#sopRef;
  }

  /**
   * The latest run about the caller; nothing when there is none or when the SOP
   * back end refuses or does not answer, as the page has more to show.
   */
  async read(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<OnboardingChecklist | undefined> {
    const { userEntityRef } = credentials.principal;
    try {
      const { items } = await this.#sop.listRuns(
        { sopRef: this.#sopRef, targetRef: userEntityRef, limit: 1 },
        { credentials },
      );
      if (items.length === 0) {
        return undefined;
      }
      const run = await this.#sop.getRun(items[0].runId, { credentials });
      return {
        runId: run.runId,
        title: run.title,
        status: run.status,
        done: run.done,
        total: run.total,
        items: run.steps
          .filter(step => !CONTAINERS.includes(step.type) && !step.compensates)
          .map(step => ({
            stepId: step.id,
            name: step.name,
            status: step.status,
            tour: step.tour,
            mine: step.act?.allowed ?? false,
          })),
      };
    } catch (error) {
      this.#logger.debug(
        `No checklist for ${userEntityRef}: ${stringifyError(error)}`,
      );
      return undefined;
    }
  }
}
