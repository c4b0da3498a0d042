import { parseEntityRef } from '@backstage/catalog-model';
import {
  HumanStep,
  isHumanStep,
  resolveRole,
  rightRefusal,
} from '../engine/people';
import { indexSpec } from '../engine/specIndex';
import { Actor, RunState } from '../engine/types';
import { tally } from '../engine/votes';
import { SopSpec } from '../model/types';
import { SimulatedPeople } from './types';

/** People who stand in for a group whose members are not known. */
const STAND_INS = 5;

/** The people of a simulated run. */
export class Cast {
  /** Members by group, with stand-ins for groups that are not known. */
  readonly members: Record<string, string[]>;
  /** Groups whose members are stand-ins. */
  readonly assumedGroups = new Set<string>();

  constructor(
    spec: SopSpec,
    refs: string[],
    members: Record<string, string[]> = {},
  ) {
    this.members = { ...members };
    const named = Object.values(spec.roles ?? {}).flatMap(
      role => role.potentialOwners,
    );
    for (const ref of [...named, ...refs]) {
      if (ref.startsWith('group:') && !this.members[ref]) {
        const { namespace, name } = parseEntityRef(ref);
        this.assumedGroups.add(ref);
        this.members[ref] = Array.from(
          { length: STAND_INS },
          (_, index) => `user:${namespace}/${name}-member-${index + 1}`,
        );
      }
    }
  }

  actor(ref: string): Actor {
    const groups = Object.entries(this.members)
      .filter(([, people]) => people.includes(ref))
      .map(([group]) => group);
    return { ref, kind: 'user', ownershipEntityRefs: [ref, ...groups] };
  }

  /** Everybody a role stands for. */
  inRole(state: RunState, spec: SopSpec, step: HumanStep): string[] {
    const people = resolveRole(state, spec, step.role).flatMap(ref =>
      ref.startsWith('user:') ? [ref] : this.members[ref] ?? [],
    );
    return [...new Set(people)].sort();
  }

  /** Who can act on a step as things stand, and why others cannot. */
  of(state: RunState, spec: SopSpec, step: HumanStep): SimulatedPeople {
    const people: SimulatedPeople = { eligible: [], excluded: [] };
    for (const ref of this.inRole(state, spec, step)) {
      const refusal = rightRefusal(state, spec, step, this.actor(ref));
      if (refusal) {
        people.excluded.push({ ref, reason: aboutThem(refusal, ref) });
      } else {
        people.eligible.push(ref);
      }
    }
    if (step.type === 'approval') {
      people.required = tally(state, step, [], {
        spec,
        members: this.members,
      }).required;
    }
    return people;
  }

  /**
   * Who does a task: somebody whom the fewest approvals need, so that the run is
   * not stopped by four eyes that others could have been; who started, in doubt.
   */
  choose(state: RunState, spec: SopSpec, candidates: string[]): string {
    const approvals = [...indexSpec(spec).values()].flatMap(({ step }) =>
      isHumanStep(step) && step.type === 'approval'
        ? [this.inRole(state, spec, step)]
        : [],
    );
    const cost = (ref: string) =>
      approvals.filter(people => people.includes(ref)).length;
    const [first] = [...candidates].sort(
      (a, b) =>
        cost(a) - cost(b) ||
        Number(b === state.initiator) - Number(a === state.initiator) ||
        a.localeCompare(b),
    );
    return first;
  }
}

/** "You may not approve this: you started this run. Ask …" about a third person. */
function aboutThem(refusal: string, ref: string): string {
  const because = /: (.*)\. Ask /.exec(refusal)?.[1];
  return because
    ? `${parseEntityRef(ref).name} may not: ${because
        .replace(/^you /, 'this person ')
        .replace(/\byou\b/g, 'this person')}`
    : refusal;
}
