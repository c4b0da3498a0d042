import { ConflictError, InputError } from '@backstage/errors';
import { COMMANDER } from '../policy/types';
import {
  optionalText,
  pastInstant,
  requiredText,
  requirePerson,
  severity,
  title,
} from './checks';
import {
  AnyIncidentCommand,
  DeclareCommand,
  IncidentCommand,
  IncidentSystemCommand,
  ProposeCommand,
} from './commands';
import { alignObligations, fireObligation } from './obligations';
import { handleCommand } from './handlers';
import { Recorder } from './Recorder';
import { AnyIncidentEvent, IncidentFacts, IncidentState } from './types';

/**
 * The rules. Given where an incident stands, what somebody wants and what is
 * known, tells what happens, as events with their sequence numbers. Pure: no
 * clock, no random, no I/O. An empty list means that nothing is to do (engine
 * commands, and repeats that change nothing).
 *
 * @throws NotAllowedError when it is not for this person (an offer to somebody
 * else, a waiver by the one who asked for it).
 * @throws ConflictError when the incident does not allow it now; `missing`
 * lists what would have to be there first.
 * @throws InputError when the command itself is not acceptable.
 * @throws NotFoundError when it names something the incident does not have.
 * @public
 */
export function decideIncident(
  state: IncidentState | undefined,
  command: AnyIncidentCommand,
  facts: IncidentFacts,
): AnyIncidentEvent[] {
  const recorder = new Recorder(state, facts);
  if (command.type === 'declare' || command.type === 'propose') {
    if (state) {
      throw new ConflictError(`${state.reference} exists already`);
    }
    begin(recorder, command);
  } else if (!state) {
    throw new ConflictError(`There is no incident to "${command.type}"`);
  } else if (isSystem(command)) {
    handleSystem(recorder, command);
  } else {
    if (!facts.actor) {
      throw new InputError(`"${command.type}" needs somebody who does it`);
    }
    handleCommand(recorder, command, facts.actor);
  }
  return recorder.events;
}

function begin(
  recorder: Recorder,
  command: DeclareCommand | ProposeCommand,
): void {
  const { facts } = recorder;
  const beginning = {
    incidentId: command.incidentId,
    reference: command.reference,
    title: title(command.title),
    severity: severity(command.severity, facts),
    description: optionalText(command.description, 'description'),
    entityRefs: [...new Set(command.entityRefs)],
    owners: [...new Set(command.owners)],
    detectedAt: pastInstant(command.detectedAt, 'detectedAt', facts),
    impactStartedAt: pastInstant(
      command.impactStartedAt,
      'impactStartedAt',
      facts,
    ),
  };
  if (command.type === 'propose') {
    const source = requiredText(command.source, 'source');
    recorder.derive('incident.proposed', {
      ...beginning,
      drill: false,
      source,
    });
    return;
  }
  if (!facts.actor) {
    throw new InputError('An incident needs somebody who declares it');
  }
  recorder.emit('incident.declared', {
    ...beginning,
    drill: command.drill ?? false,
  });
  if (command.takeCommand) {
    requirePerson(facts.actor, 'Command');
    recorder.emit('role.taken', { role: COMMANDER });
  }
  alignObligations(recorder, 'Declared');
}

const SYSTEM: ReadonlyArray<IncidentSystemCommand['type']> = [
  'fire',
  'absorb',
  'join-alerts',
  'record-runbook',
];

function isSystem(
  command: IncidentCommand | IncidentSystemCommand,
): command is IncidentSystemCommand {
  return (SYSTEM as string[]).includes(command.type);
}

function handleSystem(
  recorder: Recorder,
  command: IncidentSystemCommand,
): void {
  const { type, ...data } = command;
  switch (command.type) {
    case 'fire':
      fireObligation(recorder, command.obligationId);
      break;
    case 'absorb': {
      const { from, fromReference, entityRefs, owners } = command;
      recorder.emit('incident.absorbed', {
        from,
        fromReference,
        entityRefs,
        owners,
      });
      break;
    }
    case 'record-runbook': {
      const { runId, sopRef, title: name } = command;
      recorder.emit('runbook.started', { runId, sopRef, title: name });
      break;
    }
    case 'join-alerts': {
      const { total, names } = command;
      // Of a declared incident people say what it affects.
      const widen = recorder.state.status === 'proposed';
      recorder.derive('alerts.joined', {
        total,
        names,
        ...(widen
          ? { entityRefs: command.entityRefs, owners: command.owners }
          : {}),
      });
      break;
    }
    default:
      throw new InputError(`Unknown command ${type} ${JSON.stringify(data)}`);
  }
}
