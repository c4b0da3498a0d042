import type {
  IncidentCommandBody,
  IncidentCommandType,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import { fromLocalField, toLocalField } from '../../lib/dates';

/** How a field is asked for. */
export type FieldKind =
  | 'line'
  | 'text'
  | 'severity'
  | 'audience'
  | 'instant'
  | 'date'
  | 'person'
  | 'owner'
  | 'entities'
  | 'procedure'
  | 'checkbox';

/** Names of fields; their labels are texts under `field`. */
export type FieldName =
  | 'severity'
  | 'title'
  | 'takeCommand'
  | 'reason'
  | 'into'
  | 'person'
  | 'message'
  | 'audience'
  | 'nextUpdateAt'
  | 'nextUpdateReason'
  | 'occurredAt'
  | 'startedAt'
  | 'mitigatedAt'
  | 'entityRefs'
  | 'item'
  | 'owner'
  | 'dueOn'
  | 'url'
  | 'sopRef';

/** Which label the field bears, where its name says too little. */
export type FieldLabel =
  | FieldName
  | 'cause'
  | 'impact'
  | 'mitigation'
  | 'note'
  | 'resolution';

/** One field of a command's form. */
export interface FieldSpec {
  name: FieldName;
  kind: FieldKind;
  required?: boolean;
  label?: FieldLabel;
}

/** Everything typed is text; entities are refs, a checkbox is `yes` or none. */
export type FieldValues = Partial<Record<FieldName, string[]>>;

const REASON: FieldSpec = { name: 'reason', kind: 'text', required: true };
const ITEM: FieldSpec[] = [
  { name: 'item', kind: 'line', required: true },
  { name: 'owner', kind: 'owner' },
  { name: 'dueOn', kind: 'date' },
  { name: 'url', kind: 'line' },
];

/**
 * What each command asks for. Those that are absent ask for nothing and are
 * done at once.
 */
export const COMMAND_FORMS = {
  confirm: [
    { name: 'severity', kind: 'severity', required: true },
    { name: 'title', kind: 'line', required: true },
    { name: 'takeCommand', kind: 'checkbox' },
  ],
  decline: [REASON],
  merge: [
    { name: 'into', kind: 'line', required: true },
    { name: 'reason', kind: 'text' },
  ],
  'take-role': [REASON],
  'offer-role': [{ name: 'person', kind: 'person', required: true }],
  'decline-role': [{ name: 'reason', kind: 'text' }],
  'release-role': [{ name: 'reason', kind: 'text' }],
  'post-update': [
    { name: 'message', kind: 'text', required: true },
    { name: 'audience', kind: 'audience' },
    { name: 'nextUpdateAt', kind: 'instant' },
    { name: 'nextUpdateReason', kind: 'line' },
  ],
  note: [
    { name: 'message', kind: 'text', required: true, label: 'note' },
    { name: 'occurredAt', kind: 'instant' },
  ],
  'set-severity': [
    { name: 'severity', kind: 'severity', required: true },
    REASON,
  ],
  'set-impact': [
    { name: 'message', kind: 'text', required: true, label: 'impact' },
    { name: 'startedAt', kind: 'instant' },
    { name: 'entityRefs', kind: 'entities' },
  ],
  'record-mitigation': [
    { name: 'message', kind: 'text', required: true, label: 'mitigation' },
    { name: 'mitigatedAt', kind: 'instant' },
  ],
  identify: [{ name: 'message', kind: 'text', required: true, label: 'cause' }],
  resolve: [{ name: 'message', kind: 'text', label: 'resolution' }],
  reopen: [REASON],
  'waive-review': [REASON],
  'add-action-item': ITEM,
  'edit-action-item': ITEM,
  'drop-action-item': [REASON],
  'start-runbook': [{ name: 'sopRef', kind: 'procedure', required: true }],
} satisfies Partial<Record<IncidentCommandType, FieldSpec[]>>;

/** Commands that ask for something first. */
export type AskingCommand = keyof typeof COMMAND_FORMS;

/** Whether a command asks for something first. */
export function asksFirst(type: IncidentCommandType): type is AskingCommand {
  return type in COMMAND_FORMS;
}

/** What the fields hold when the form opens. */
export function initialValues(
  type: AskingCommand,
  incident: IncidentView,
): FieldValues {
  switch (type) {
    case 'confirm':
      return { severity: [incident.severity], title: [incident.title] };
    case 'set-severity':
      return { severity: [incident.severity] };
    case 'set-impact':
      return {
        message: incident.impact ? [incident.impact.statement] : [],
        startedAt: [toLocalField(incident.impact?.startedAt)],
        entityRefs: incident.entityRefs,
      };
    case 'identify':
      return { message: incident.cause ? [incident.cause] : [] };
    case 'start-runbook':
      return { sopRef: incident.runbook ? [incident.runbook] : [] };
    case 'post-update':
      return { audience: ['internal'] };
    default:
      return {};
  }
}

const INSTANTS: readonly FieldName[] = [
  'nextUpdateAt',
  'occurredAt',
  'startedAt',
  'mitigatedAt',
];

/** Fields that are required and empty. */
export function emptyFields(
  type: AskingCommand,
  values: FieldValues,
): FieldName[] {
  return (COMMAND_FORMS[type] as FieldSpec[])
    .filter(field => field.required && !values[field.name]?.[0]?.trim())
    .map(field => field.name);
}

/** The command that the form means. */
export function toCommand(
  type: AskingCommand,
  values: FieldValues,
  given: Partial<IncidentCommandBody>,
): IncidentCommandBody {
  const command: Record<string, unknown> = { type, ...given };
  const item: Record<string, string> = {};
  for (const { name, kind } of COMMAND_FORMS[type] as FieldSpec[]) {
    const text = values[name]?.[0]?.trim();
    if (kind === 'entities') {
      command[name] = values[name] ?? [];
    } else if (!text) {
      continue;
    } else if (kind === 'checkbox') {
      command[name] = true;
    } else if (INSTANTS.includes(name)) {
      command[name] = fromLocalField(text);
    } else if (name === 'item') {
      item.title = text;
    } else if (name === 'owner' || name === 'dueOn' || name === 'url') {
      item[name] = text;
    } else {
      command[name] = text;
    }
  }
  if (type === 'add-action-item' || type === 'edit-action-item') {
    command.actionItem = item;
  }
  return command as IncidentCommandBody;
}
