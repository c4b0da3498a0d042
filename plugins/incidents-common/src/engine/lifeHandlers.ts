import { InputError } from '@backstage/errors';
import { COMMANDER } from '../policy/types';
import {
  optionalText,
  pastInstant,
  requirePerson,
  requiredText,
  severity,
  title,
} from './checks';
import { IncidentCommand } from './commands';
import { alignObligations, cancelObligations } from './obligations';
import { Recorder } from './Recorder';
import { endAllOffers } from './roleHandlers';
import { IncidentActor } from './types';

type LifeCommand = Extract<
  IncidentCommand,
  {
    type:
      | 'confirm'
      | 'decline'
      | 'merge'
      | 'acknowledge'
      | 'identify'
      | 'monitor'
      | 'record-mitigation'
      | 'resolve'
      | 'reopen';
  }
>;

/** From proposal to resolution and back. */
export function handleLife(
  recorder: Recorder,
  command: LifeCommand,
  actor: IncidentActor,
): void {
  const { state, facts } = recorder;
  switch (command.type) {
    case 'confirm':
      recorder.emit('incident.confirmed', {
        severity: severity(command.severity, facts),
        title: title(command.title ?? state.title),
      });
      if (command.takeCommand) {
        requirePerson(actor, 'Command');
        recorder.emit('role.taken', { role: COMMANDER });
      }
      alignObligations(recorder, 'Confirmed');
      break;
    case 'decline':
      recorder.emit('incident.declined', {
        reason: requiredText(command.reason, 'reason'),
      });
      end(recorder, 'The incident was declined');
      break;
    case 'merge':
      if (command.into === state.incidentId) {
        throw new InputError(
          `into is ${state.reference} itself; another incident is needed`,
        );
      }
      recorder.emit('incident.merged', {
        into: command.into,
        intoReference: command.intoReference,
        reason: optionalText(command.reason, 'reason'),
      });
      end(recorder, `Merged into ${command.intoReference}`);
      break;
    case 'acknowledge':
      requirePerson(actor, 'An acknowledgement');
      // A second one would tell nothing.
      if (!state.acknowledgedAt) {
        recorder.emit('incident.acknowledged', {});
      }
      break;
    case 'identify':
      recorder.emit('incident.identified', {
        cause: requiredText(command.message, 'message'),
      });
      break;
    case 'monitor':
      recorder.emit('incident.monitored', {});
      break;
    case 'record-mitigation':
      recorder.emit('mitigation.recorded', {
        statement: requiredText(command.message, 'message'),
        mitigatedAt:
          pastInstant(command.mitigatedAt, 'mitigatedAt', facts) ?? facts.now,
      });
      break;
    case 'resolve':
      recorder.emit('incident.resolved', {
        resolution: optionalText(command.message, 'message'),
      });
      alignObligations(recorder, 'The incident was resolved');
      break;
    default:
      recorder.emit('incident.reopened', {
        reason: requiredText(command.reason, 'reason'),
      });
      alignObligations(recorder, 'The incident was reopened');
  }
}

function end(recorder: Recorder, reason: string): void {
  endAllOffers(recorder, reason);
  cancelObligations(recorder, reason);
}
