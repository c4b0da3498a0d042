import { InputError } from '@backstage/errors';
import {
  IncidentCommand,
  IncidentCommandBody,
  IncidentCommandType,
} from '@handrail/plugin-incidents-common';

/** Commands as they are sent; names of other incidents are not ids yet. */
type Field = Exclude<keyof IncidentCommandBody, 'type'>;

/** Which fields each command takes; `!` marks what it needs. */
const FIELDS: Record<IncidentCommandType, string[]> = {
  confirm: ['severity!', 'title', 'takeCommand'],
  decline: ['reason!'],
  merge: ['into!', 'reason'],
  acknowledge: [],
  'take-role': ['role!', 'reason'],
  'offer-role': ['role!', 'person!'],
  'accept-role': ['role!'],
  'decline-role': ['role!', 'reason'],
  'release-role': ['role!', 'reason'],
  'post-update': ['message!', 'audience', 'nextUpdateAt', 'nextUpdateReason'],
  note: ['message!', 'occurredAt'],
  'set-severity': ['severity!', 'reason!'],
  'set-impact': ['message!', 'startedAt', 'entityRefs'],
  'record-mitigation': ['message!', 'mitigatedAt'],
  identify: ['message!'],
  monitor: [],
  resolve: ['message'],
  reopen: ['reason!'],
  'start-review': [],
  'edit-review': ['review!'],
  'complete-review': [],
  'waive-review': ['reason!'],
  'approve-waiver': [],
  'add-action-item': ['actionItem!'],
  'edit-action-item': ['actionItemId!', 'actionItem!'],
  'complete-action-item': ['actionItemId!'],
  'drop-action-item': ['actionItemId!', 'reason!'],
  'start-runbook': ['sopRef', 'targetRef'],
  close: [],
};

/** A command whose fields are those of its type. */
export type CheckedCommand =
  | Exclude<IncidentCommand, { type: 'merge' | 'start-runbook' }>
  | { type: 'merge'; into: string; reason?: string }
  | { type: 'start-runbook'; sopRef?: string; targetRef?: string };

/**
 * @throws InputError naming a field that is missing or does not belong to this
 * type of command.
 */
export function readCommand(body: IncidentCommandBody): CheckedCommand {
  const { type, ...fields } = body;
  const allowed = FIELDS[type].map(field => field.replace('!', ''));
  for (const field of FIELDS[type].filter(one => one.endsWith('!'))) {
    const name = field.slice(0, -1) as Field;
    if (fields[name] === undefined) {
      throw new InputError(`command.${name} is missing; "${type}" needs it`);
    }
  }
  for (const name of Object.keys(fields)) {
    if (!allowed.includes(name)) {
      throw new InputError(
        `command.${name} does not belong to "${type}"; allowed are ${
          allowed.join(', ') || 'no fields'
        }`,
      );
    }
  }
  return body as CheckedCommand;
}
