import { PolicyRevision, SopPolicySpec } from '../model/policy';
import { SopSpec, SopStep } from '../model/types';
import { effectiveSpec } from '../policy/effectiveSpec';
import { decide } from './decide';
import { evolve } from './evolve';
import { stepState } from './context';
import {
  Actor,
  AnyRunEvent,
  ChildCommand,
  HumanCommand,
  OutsideCommand,
  ParentEndedCommand,
  RunCommand,
  RunState,
  StartCommand,
  SystemCommand,
} from './types';

type Loose<T> = T extends { taskVersion: number }
  ? Omit<T, 'taskVersion'> & { taskVersion?: number }
  : T;

/** The people of the tests: four reviewers, of whom Ana is also a developer. */
export const MEMBERS: Record<string, string[]> = {
  'group:default/developers': ['user:default/ana', 'user:default/dev'],
  'group:default/reviewers': [
    'user:default/ana',
    'user:default/ben',
    'user:default/cho',
    'user:default/dia',
  ],
  'group:default/ops': ['user:default/olu'],
};

export function person(name: string): Actor {
  const ref = `user:default/${name}`;
  const groups = Object.entries(MEMBERS)
    .filter(([, members]) => members.includes(ref))
    .map(([group]) => group);
  return { ref, kind: 'user', ownershipEntityRefs: [ref, ...groups] };
}

export function specOf(steps: SopStep[], more: Partial<SopSpec> = {}): SopSpec {
  return {
    type: 'test',
    owner: 'group:default/ops',
    lifecycle: 'effective',
    roles: {
      dev: { potentialOwners: ['group:default/developers'] },
      reviewer: { potentialOwners: ['group:default/reviewers'] },
      ops: { potentialOwners: ['group:default/ops'] },
    },
    steps,
    ...more,
  };
}

/** A policy whose hash is made of its name. */
export function policyOf(
  name: string,
  spec: Partial<SopPolicySpec>,
): PolicyRevision {
  return {
    ref: `soppolicy:default/${name}`,
    hash: `hash-${name}`,
    title: `Policy ${name}`,
    spec: {
      owner: 'group:default/ops',
      targets: { kind: 'Component' },
      ...spec,
    },
  };
}

/** Plays a run by the public functions only, with a clock of its own. */
export class Play {
  state: RunState | undefined;
  events: AnyRunEvent[] = [];
  now = Date.parse('2026-11-02T09:00:00.000Z');
  private policies: PolicyRevision[] = [];
  private readonly pinnedPolicies = new Map<string, PolicyRevision>();

  constructor(readonly spec: SopSpec, readonly members = MEMBERS) {}

  /** Lets policies be in force from now on, instead of those before. */
  under(policies: PolicyRevision[]): this {
    this.policies = policies;
    policies.forEach(policy => this.pinnedPolicies.set(policy.hash, policy));
    return this;
  }

  /** The procedure as policies demand it now. */
  get effective(): SopSpec {
    const { policies, pinnedPolicies } = this;
    return effectiveSpec(this.state, this.spec, { policies, pinnedPolicies });
  }

  /** Loses the wording of every policy. */
  forget(): this {
    this.pinnedPolicies.clear();
    this.policies = [];
    return this;
  }

  start(
    by = 'dev',
    options: Partial<
      Pick<
        StartCommand,
        | 'inputs'
        | 'target'
        | 'parent'
        | 'depth'
        | 'procedures'
        | 'runId'
        | 'revisionHash'
      >
    > = {},
  ): this {
    this.run(
      {
        type: 'start',
        runId: 'run-1',
        sopRef: 'sop:default/test',
        revisionHash: 'hash',
        title: 'Test run',
        ...options,
        inputs: options.inputs ?? {},
      },
      person(by),
    );
    return this;
  }

  /** Fills in the current version of the step unless one is given. */
  do(by: string | Actor, command: Loose<HumanCommand>): this {
    const actor = typeof by === 'string' ? person(by) : by;
    const full =
      'stepId' in command
        ? { taskVersion: this.step(command.stepId).version, ...command }
        : command;
    this.run(full as HumanCommand, actor);
    return this;
  }

  system(
    command: SystemCommand | ChildCommand | OutsideCommand | ParentEndedCommand,
  ): this {
    this.run(command);
    return this;
  }

  wait(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  step(id: string) {
    if (!this.state) {
      throw new Error('not started');
    }
    return stepState(this.state, id);
  }

  get status() {
    return this.state?.status;
  }

  types(): string[] {
    return this.events.map(event =>
      'stepId' in event.data
        ? `${event.type} ${event.data.stepId}`
        : event.type,
    );
  }

  private run(command: RunCommand, actor?: Actor): void {
    this.now += 1000;
    const events = decide(this.state, command, {
      now: new Date(this.now).toISOString(),
      actor,
      spec: this.spec,
      members: this.members,
      policies: this.policies,
      pinnedPolicies: this.pinnedPolicies,
    });
    for (const event of events) {
      this.state = evolve(this.state, event);
    }
    this.events.push(...events);
  }
}
