import { StepView } from '../api/types';
import { stepState } from '../engine/context';
import { isHumanStep } from '../engine/people';
import { indexRun } from '../engine/specIndex';
import { RunState, StepBlock } from '../engine/types';
import { Tally, tally } from '../engine/votes';
import { SopSpec, SopStep } from '../model/types';
import { tighteningOf } from '../policy/tightenStep';
import { ViewFacts } from './steps';

type Explanation = NonNullable<StepView['explanation']>;

/**
 * Why an open step cannot go on now, until when that is so, and who can change
 * it; nothing when it can.
 */
export function explainStep(
  state: RunState,
  spec: SopSpec,
  stepId: string,
  facts: Pick<ViewFacts, 'members'>,
): Explanation | undefined {
  const step = indexRun(state, spec).get(stepId)?.step;
  const { status, blocked, votes } = stepState(state, stepId);
  if (!step) {
    return undefined;
  }
  const reasons: Explanation = (blocked?.blocks ?? []).map(block => ({
    kind: block.kind,
    sentence: `Blocked because ${block.sentence}.`,
    until: block.until,
    ref: block.ref,
    who: whoCanUnblock(block, step, spec),
  }));
  if (
    isHumanStep(step) &&
    step.type === 'approval' &&
    facts.members &&
    status === 'ready'
  ) {
    const count = tally(state, step, votes ?? [], {
      spec,
      members: facts.members,
    });
    if (count.eligible.length < count.required) {
      reasons.push(missingPeople(step, count, spec));
    }
  }
  return reasons.length ? reasons : undefined;
}

/** The owner of the rule can change it. */
function whoCanUnblock(
  { kind, ref }: StepBlock,
  step: SopStep,
  spec: SopSpec,
): string[] {
  if (kind === 'policy') {
    const policy = tighteningOf(step)?.policies.find(one => one.ref === ref);
    return policy ? [policy.spec.owner] : [];
  }
  return kind === 'window' ? [spec.owner] : [];
}

function missingPeople(
  step: SopStep,
  { required, eligible }: Tally,
  spec: SopSpec,
): Explanation[number] {
  const policies = tighteningOf(step)?.policies ?? [];
  const owners = policies.map(({ spec: { owner } }) => owner);
  const few = eligible.length;
  return {
    kind: 'people',
    sentence: `It needs ${required} ${
      required === 1 ? 'approval' : 'approvals'
    }, but only ${few} ${few === 1 ? 'person' : 'people'} may approve.`,
    who: [...new Set([spec.owner, ...owners])],
  };
}
