import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  sopRunResourceRef,
  sopTaskResourceRef,
} from '@handrail/plugin-sop-node';
import { RunStore } from '../../database/RunStore';
import { Act, ACTS } from './acts';
import { Decisions } from './Decisions';
import { toRunResource, toTaskResource } from './resources';

/** A task's resource ref. Run ids contain no slash. */
const parseTaskRef = (ref: string): [runId: string, stepId: string] => {
  const slash = ref.indexOf('/');
  return [ref.slice(0, slash), ref.slice(slash + 1)];
};

/** Asks the permission framework about runs and tasks. */
export class RunAccess {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #store: RunStore;

  constructor(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    store: RunStore;
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#store = options.store;
  }

  /**
   * What the policy says about each of the acts. All are one question, as each
   * is a request to the permission plugin.
   */
  async decide(
    acts: readonly Act[],
    credentials: BackstageCredentials,
  ): Promise<Decisions> {
    const of = new Map<Act, PolicyDecision>();
    const ask = async (some: Act[], conditional: boolean) => {
      if (some.length) {
        const answers = conditional
          ? await this.#permissions.authorizeConditional(
              some.map(act => ({ permission: ACTS[act].permission })) as any,
              { credentials },
            )
          : await this.#permissions.authorize(
              some.map(act => ({ permission: ACTS[act].permission })) as any,
              { credentials },
            );
        some.forEach((act, index) => of.set(act, answers[index]));
      }
    };
    const distinct = [...new Set(acts)];
    const isConditional = (act: Act) =>
      isResourcePermission(ACTS[act].permission);
    await Promise.all([
      ask(distinct.filter(isConditional), true),
      ask(
        distinct.filter(act => !isConditional(act)),
        false,
      ),
    ]);
    return new Decisions(of, {
      runs: this.#registry.getPermissionRuleset(sopRunResourceRef),
      tasks: this.#registry.getPermissionRuleset(sopTaskResourceRef),
      load: runId => this.#store.load(runId),
    });
  }

  /** Lets the permission plugin resolve conditions about single resources. */
  loaders() {
    const load = (runId: string) =>
      this.#store.load(runId).catch(() => undefined);
    return {
      runs: (runIds: string[]) =>
        Promise.all(
          runIds.map(async runId => {
            const run = await load(runId);
            return run && toRunResource(run.state, run.spec);
          }),
        ),
      tasks: (refs: string[]) =>
        Promise.all(
          refs.map(async ref => {
            const [runId, stepId] = parseTaskRef(ref);
            const run = await load(runId);
            return run && toTaskResource(run.state, run.spec, stepId);
          }),
        ),
    };
  }
}
