import { stepState } from '../engine/context';
import { isClosed } from '../engine/evolve';
import { isHumanStep, shortName } from '../engine/people';
import { waitingFor } from '../engine/queries';
import { AnyRunEvent, StepBlock } from '../engine/types';
import { describeTightening } from '../policy/describe';
import { tighteningOf } from '../policy/tightenStep';
import { Simulator } from './Simulator';
import {
  SimulatedBlock,
  SimulatedPeople,
  SimulatedStep,
  SimulationInput,
  SimulationResult,
} from './types';

/** More events than any procedure without a loop has. */
const MAX_MOVES = 5_000;

/**
 * Plays a run to its end as if everybody did what is asked of them in the time
 * assumed: which windows it meets, who can act and who is excluded, when each
 * step begins and ends at the earliest.
 *
 * @throws InputError when the run cannot start, as the engine says.
 * @public
 */
export function simulate(input: SimulationInput): SimulationResult {
  const simulator = new Simulator(input);
  const people = new Map<string, SimulatedPeople>();
  let reason: string | undefined;
  let moves = 0;
  for (;;) {
    notePeople(simulator, people);
    const [move] = simulator.moves();
    if (!move) {
      break;
    }
    moves += 1;
    if (moves > MAX_MOVES) {
      reason = `It is not over after ${MAX_MOVES} events; steps are sent back again and again.`;
      break;
    }
    try {
      simulator.play(move);
    } catch (error) {
      reason = `“${nameOf(simulator, move.stepId)}” cannot go on: ${
        (error as Error).message
      }`;
      break;
    }
  }
  return describeSimulation(simulator, people, reason);
}

/** Notes who can act on the steps that are open now, once for each. */
export function notePeople(
  simulator: Simulator,
  people: Map<string, SimulatedPeople>,
): void {
  const spec = simulator.effective;
  for (const [id, { step }] of simulator.index) {
    const { status } = stepState(simulator.state, id);
    if (isHumanStep(step) && status === 'ready' && !people.has(id)) {
      people.set(id, simulator.cast.of(simulator.state, spec, step));
    }
  }
}

/** What a simulation has come to so far. */
export function describeSimulation(
  simulator: Simulator,
  people: Map<string, SimulatedPeople>,
  failure?: string,
): SimulationResult {
  const { state, events } = simulator;
  const over = isClosed(state.status);
  const stuck = !over && state.status !== 'held';
  return {
    outcome: stuck ? 'stuck' : state.status,
    startsAt: events[0].at,
    finishesAt: over ? state.closedAt : undefined,
    reason:
      failure ?? (over ? state.closeReason : explainEnd(simulator, people)),
    steps: describeSimulatedSteps(simulator, people),
    assumed: [...simulator.cast.assumedGroups].map(
      group => `${shortName(group)} has people enough`,
    ),
  };
}

function nameOf(simulator: Simulator, stepId: string): string {
  return simulator.index.get(stepId)?.step.name ?? stepId;
}

/** Why nothing foreseen brings the run further. */
function explainEnd(
  simulator: Simulator,
  people: Map<string, SimulatedPeople>,
): string | undefined {
  const [waiting] = waitingFor(simulator.state, simulator.effective);
  if (!waiting) {
    return undefined;
  }
  const { stepId, stepName, blocks } = waiting;
  if (blocks?.length) {
    return `“${stepName}” is blocked because ${blocks[0].sentence}.`;
  }
  const current = stepState(simulator.state, stepId);
  if (current.status === 'failed') {
    return `“${stepName}” failed: ${current.error?.message}`;
  }
  const who = people.get(stepId);
  if (!who) {
    return `What “${stepName}” waits for cannot be foreseen.`;
  }
  const { required = 1, eligible, excluded } = who;
  const others = excluded.length
    ? ` ${excluded.map(one => one.reason).join('; ')}.`
    : '';
  return `“${stepName}” needs ${required} ${
    required === 1 ? 'person' : 'people'
  }, but ${eligible.length} may act.${others}`;
}

function describeSimulatedSteps(
  simulator: Simulator,
  people: Map<string, SimulatedPeople>,
): SimulatedStep[] {
  const { state, events } = simulator;
  return [...simulator.index.values()]
    .filter(({ compensates, step }) => !compensates || state.steps[step.id])
    .map(({ step, depth }, index) => {
      const current = stepState(state, step.id);
      const began = lastOf(events, 'step.started', step.id);
      const reached = firstOf(events, step.id);
      return {
        stepId: step.id,
        name: step.name,
        type: step.type,
        number: index + 1,
        depth,
        status: current.status,
        reachedAt: reached?.at,
        beginsAt: began?.at,
        endsAt: current.endedAt,
        people: people.get(step.id),
        blocks: blocksOf(events, step.id),
        policies: (tighteningOf(step)?.policies ?? []).flatMap(policy =>
          describeTightening(policy, step).map(
            demand => `${policy.title}: ${demand}`,
          ),
        ),
      };
    });
}

const about = (event: AnyRunEvent, stepId: string) =>
  'stepId' in event.data && event.data.stepId === stepId;

function firstOf(events: AnyRunEvent[], stepId: string) {
  return events.find(event => about(event, stepId));
}

function lastOf(
  events: AnyRunEvent[],
  type: AnyRunEvent['type'],
  stepId: string,
) {
  return events
    .filter(event => event.type === type && about(event, stepId))
    .pop();
}

/** Each thing that kept a step, from when to when. */
function blocksOf(events: AnyRunEvent[], stepId: string): SimulatedBlock[] {
  const found: SimulatedBlock[] = [];
  let open: SimulatedBlock[] = [];
  const close = (at: string, still: StepBlock[] = []) => {
    for (const block of open) {
      if (!still.some(one => one.sentence === block.sentence)) {
        block.until = at;
      }
    }
    open = open.filter(({ sentence }) =>
      still.some(one => one.sentence === sentence),
    );
  };
  for (const event of events.filter(one => about(one, stepId))) {
    if (event.type === 'step.blocked') {
      const { blocks } = event.data;
      close(event.at, blocks);
      for (const { sentence, ref } of blocks) {
        if (!open.some(one => one.sentence === sentence)) {
          const block: SimulatedBlock = { sentence, ref, from: event.at };
          open.push(block);
          found.push(block);
        }
      }
    } else if (event.type === 'step.unblocked') {
      close(event.at);
    }
  }
  return found;
}
