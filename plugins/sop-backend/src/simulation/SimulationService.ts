import { PermissionsService, AuthService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import {
  isHumanStep,
  indexSpec,
  PolicyRevision,
  simulate,
  Simulation,
  SimulationRequest,
  SopSpec,
  sopRunCreatePermission,
  TargetSnapshot,
  validateSop,
} from '@handrail/plugin-sop-common';
import { Duration } from 'luxon';
import { Directory } from '../service/Directory';
import { problemError } from '../service/errors';
import { Policies } from '../service/Policies';
import { Procedures } from '../service/Procedures';
import { CallOptions } from '../service/SopRunService';

/** Greatest assumed duration: a person on a long holiday. */
const MAX_DAYS = 366;

/** Tells what a run would meet, without starting it. */
export class SimulationService {
  readonly #auth: AuthService;
  readonly #directory: Directory;
  readonly #now: () => string;
  readonly #permissions: PermissionsService;
  readonly #policies: Policies;
  readonly #procedures: Procedures;

  constructor(options: {
    auth: AuthService;
    directory: Directory;
    /** The clock that runs go by. */
    now: () => string;
    permissions: PermissionsService;
    policies: Policies;
    procedures: Procedures;
  }) {
    this.#auth = options.auth;
    this.#directory = options.directory;
    this.#now = options.now;
    this.#permissions = options.permissions;
    this.#policies = options.policies;
    this.#procedures = options.procedures;
  }

  /**
   * @throws NotAllowedError without the permission `sop.run.create`
   * @throws InputError when procedure, target or assumptions are wrong
   * @throws NotFoundError when the caller sees no such procedure or target
   */
  async simulateRun(
    request: SimulationRequest & { sopRef: string },
    caller: CallOptions,
  ): Promise<Simulation> {
    await this.#assert(caller);
    checkAssumptions(request.assumptions);
    const { credentials } = caller;
    const actor = await this.#directory.actorOf(credentials);
    const { entity, ref: sopRef } = await this.#procedures.read(
      request.sopRef,
      credentials,
    );
    const problems = validateSop(entity);
    if (problems.length > 0) {
      throw problemError('This procedure is not valid', problems);
    }
    const { spec, metadata } = entity;
    const target = await this.#procedures.acceptTarget(
      spec,
      request.targetRef,
      credentials,
    );
    const policies = await this.#policies.inForce({
      sopRef,
      targetRef: target?.entityRef,
    });
    return simulate({
      spec,
      sopRef,
      title: metadata.title ?? metadata.name,
      target,
      inputs: request.inputs as JsonObject | undefined,
      initiator: this.#auth.isPrincipal(credentials, 'user')
        ? actor.ref
        : 'user:default/somebody',
      startAt: instant(request.startAt ?? this.#now()),
      policies,
      members: await this.#directory.membersOf(
        groupsOf(spec, target, policies),
      ),
      assumptions: request.assumptions,
    } as Parameters<typeof simulate>[0]) as Simulation;
  }

  async #assert({ credentials }: CallOptions): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: sopRunCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not start runs, so there is no forecast: the permission ${sopRunCreatePermission.name} is denied to you.`,
      );
    }
  }
}

function instant(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new InputError(
      `startAt: found "${text}"; allowed: an ISO 8601 instant`,
    );
  }
  return time.toISOString();
}

/** Every group that may decide who acts. */
function groupsOf(
  spec: SopSpec,
  target: TargetSnapshot | undefined,
  policies: readonly PolicyRevision[],
): string[] {
  const steps = [...indexSpec(spec).values()].map(({ step }) => step);
  return [
    ...Object.values(spec.roles ?? {}).flatMap(role => role.potentialOwners),
    ...steps.flatMap(step =>
      isHumanStep(step) ? step.excludedOwners ?? [] : [],
    ),
    ...policies.flatMap(policy => policy.spec.excludedOwners ?? []),
    ...(target?.owner ? [target.owner] : []),
    ...(target?.kind === 'Group' ? [target.entityRef] : []),
  ].filter(ref => ref.startsWith('group:'));
}

function checkAssumptions(assumptions: SimulationRequest['assumptions']): void {
  const durations: Array<[path: string, text: string | undefined]> = [
    ['assumptions.person', assumptions?.person],
    ['assumptions.automation', assumptions?.automation],
    ...Object.entries(assumptions?.steps ?? {}).map(
      ([id, { takes }]): [string, string | undefined] => [
        `assumptions.steps.${id}.takes`,
        takes,
      ],
    ),
  ];
  const problems = durations.flatMap(([path, text]) => {
    const days = text === undefined ? 0 : Duration.fromISO(text).as('days');
    return days >= 0 && days <= MAX_DAYS
      ? []
      : [
          {
            path,
            message: 'is not a duration',
            found: text,
            allowed: `an ISO 8601 duration of at most ${MAX_DAYS} days`,
          },
        ];
  });
  if (problems.length > 0) {
    throw problemError('The assumptions are not acceptable', problems);
  }
}
