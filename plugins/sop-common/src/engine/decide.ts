import { ConflictError, InputError } from '@backstage/errors';
import { interpolate } from '../expression';
import { PolicyRevision } from '../model/policy';
import { advance } from './advance';
import { handleSystem } from './automation';
import { handleChild } from './children';
import { handleParentEnded } from './controlCommands';
import { handleHuman } from './humanCommands';
import { handleOutside } from './outside';
import { Recorder } from './Recorder';
import { resolveRotations } from './rotations';
import { finishTour } from './tours';
import {
  AnyRunEvent,
  ChildCommand,
  ENGINE_VERSION,
  Facts,
  OutsideCommand,
  ParentEndedCommand,
  RunCommand,
  RunState,
  StartCommand,
  SystemCommand,
} from './types';

/** Commands of the engine itself, which nobody sends. */
type EngineCommand =
  | SystemCommand
  | ChildCommand
  | OutsideCommand
  | ParentEndedCommand;

const ENGINE_COMMANDS: ReadonlyArray<EngineCommand['type']> = [
  'timer-fired',
  'guard-succeeded',
  'guard-failed',
  'dispatch-action',
  'action-succeeded',
  'action-failed',
  'child-started',
  'child-refused',
  'child-ended',
  'lock-granted',
  'event-arrived',
  'parent-ended',
];

function isOfEngine(command: RunCommand): command is EngineCommand {
  return (ENGINE_COMMANDS as string[]).includes(command.type);
}

function handleEngine(recorder: Recorder, command: EngineCommand): void {
  switch (command.type) {
    case 'child-started':
    case 'child-refused':
    case 'child-ended':
      handleChild(recorder, command);
      return;
    case 'lock-granted':
    case 'event-arrived':
      handleOutside(recorder, command);
      return;
    case 'parent-ended':
      handleParentEnded(recorder, command);
      return;
    default:
      handleSystem(recorder, command);
  }
}

/**
 * The rules. Given where a run stands, what somebody wants and what is known,
 * tells what happens, as events with their sequence numbers. Pure: no clock, no
 * random, no I/O; the same arguments always give the same events. An empty list
 * means that the command came too late to matter (engine commands and reports
 * of finished tours only).
 *
 * @throws NotAllowedError when the person has no right to it (role, four-eyes).
 * @throws ConflictError when the run or the task has moved on.
 * @throws InputError when evidence, reason or the command itself is not
 * acceptable; `problems` names each by its path.
 * @throws NotFoundError when the procedure has no such step.
 * @public
 */
export function decide(
  state: RunState | undefined,
  command: RunCommand,
  facts: Facts,
): AnyRunEvent[] {
  const recorder = new Recorder(state, facts);
  if (command.type === 'start') {
    if (state) {
      throw new ConflictError(`Run ${state.runId} has started already`);
    }
    start(recorder, command);
  } else if (isOfEngine(command)) {
    handleEngine(recorder, command);
    if (recorder.events.length === 0) {
      return [];
    }
  } else {
    if (!facts.actor) {
      throw new InputError(`"${command.type}" needs somebody who does it`);
    }
    if (command.type === 'tour-finished') {
      finishTour(recorder, command, facts.actor);
      if (recorder.events.length === 0) {
        return [];
      }
    } else {
      handleHuman(recorder, command, facts.actor);
    }
  }
  advance(recorder);
  return recorder.events;
}

/** In an order that does not depend on where they came from. */
function hashesOf(
  policies: readonly PolicyRevision[] = [],
): string[] | undefined {
  return policies.length
    ? [...new Set(policies.map(({ hash }) => hash))].sort()
    : undefined;
}

function start(recorder: Recorder, command: StartCommand): void {
  const { actor, spec, now } = recorder.facts;
  if (!actor) {
    throw new InputError('A run needs somebody who starts it');
  }
  const { type: _, ...run } = command;
  const title = spec.runTitle
    ? interpolate(spec.runTitle, {
        inputs: run.inputs,
        target: run.target ?? null,
        run: { id: run.runId, initiator: actor.ref, startedAt: now },
      })
    : run.title;
  recorder.emit(
    'run.started',
    {
      ...run,
      title: String(title),
      engineVersion: ENGINE_VERSION,
      roles: resolveRotations(spec, recorder.facts),
      initiator: actor.ref,
      policies: hashesOf(recorder.given.policies),
    },
    // Nobody starts the run of a step but the step.
    { byActor: !run.parent },
  );
}
