import { InputError } from '@backstage/errors';
import {
  assertGuard,
  optionalInstant,
  optionalText,
  pastInstant,
  requiredText,
  severity,
} from './checks';
import { IncidentCommand } from './commands';
import { handleLearning } from './learningHandlers';
import { handleLife } from './lifeHandlers';
import {
  alignObligations,
  dueOf,
  isActive,
  ruleFor,
  startObligation,
  satisfy,
} from './obligations';
import { Recorder } from './Recorder';
import { handleRole } from './roleHandlers';
import { IncidentActor } from './types';

/** Does what a person or service asks, or says why not. */
export function handleCommand(
  recorder: Recorder,
  command: IncidentCommand,
  actor: IncidentActor,
): void {
  assertGuard(recorder.state, command.type);
  switch (command.type) {
    case 'take-role':
    case 'offer-role':
    case 'accept-role':
    case 'decline-role':
    case 'release-role':
      handleRole(recorder, command, actor);
      break;
    case 'start-review':
    case 'edit-review':
    case 'complete-review':
    case 'waive-review':
    case 'approve-waiver':
    case 'add-action-item':
    case 'edit-action-item':
    case 'complete-action-item':
    case 'drop-action-item':
    case 'close':
      handleLearning(recorder, command, actor);
      break;
    case 'confirm':
    case 'decline':
    case 'merge':
    case 'acknowledge':
    case 'identify':
    case 'monitor':
    case 'record-mitigation':
    case 'resolve':
    case 'reopen':
      handleLife(recorder, command, actor);
      break;
    default:
      handleReport(recorder, command);
  }
}

type ReportCommand = Extract<
  IncidentCommand,
  {
    type:
      | 'post-update'
      | 'note'
      | 'set-severity'
      | 'set-impact'
      | 'start-runbook';
  }
>;

function handleReport(recorder: Recorder, command: ReportCommand): void {
  const { state, facts } = recorder;
  switch (command.type) {
    case 'post-update':
      postUpdate(recorder, command);
      break;
    case 'note':
      recorder.emit('note.added', {
        message: requiredText(command.message, 'message'),
        occurredAt: pastInstant(command.occurredAt, 'occurredAt', facts),
      });
      break;
    case 'set-severity': {
      const to = severity(command.severity, facts);
      if (to === state.severity) {
        throw new InputError(`severity is ${to} already`);
      }
      const reason = requiredText(command.reason, 'reason');
      recorder.emit('severity.changed', { from: state.severity, to, reason });
      alignObligations(recorder, `The severity became ${to}`);
      break;
    }
    case 'set-impact':
      recorder.emit('impact.stated', {
        statement: requiredText(command.message, 'message'),
        // Said aloud, so that times to mitigate and resolve have a beginning.
        startedAt:
          pastInstant(command.startedAt, 'startedAt', facts) ??
          state.impactStartedAt ??
          state.detectedAt ??
          state.declaredAt ??
          state.createdAt,
        entityRefs: command.entityRefs,
        owners: command.owners,
      });
      break;
    case 'start-runbook': {
      const { runId, sopRef, title } = command;
      recorder.emit('runbook.started', { runId, sopRef, title });
      break;
    }
    default:
      throw new InputError(`Unknown command ${JSON.stringify(command)}`);
  }
}

/**
 * An update satisfies the duty and begins the next one. Of the policy's time
 * and the promised one the earlier counts, unless a reason for the later
 * promise is on record.
 */
function postUpdate(
  recorder: Recorder,
  command: Extract<IncidentCommand, { type: 'post-update' }>,
): void {
  const { facts, state } = recorder;
  const nextUpdateAt = optionalInstant(command.nextUpdateAt, 'nextUpdateAt');
  if (nextUpdateAt && Date.parse(nextUpdateAt) <= Date.parse(facts.now)) {
    throw new InputError(
      `nextUpdateAt is ${nextUpdateAt}, which is not in the future; it is ${facts.now} now`,
    );
  }
  const nextUpdateReason = optionalText(
    command.nextUpdateReason,
    'nextUpdateReason',
  );
  const by = recorder.emit('update.posted', {
    message: requiredText(command.message, 'message'),
    audience: command.audience ?? 'internal',
    nextUpdateAt,
    nextUpdateReason,
  });
  satisfy(recorder, 'update', by);
  const rule = ruleFor(facts.policy, 'update', state.severity);
  if (rule && isActive(state)) {
    const due = dueOf(rule, facts.policy, facts.now);
    startObligation(
      recorder,
      rule,
      nextUpdateAt && (nextUpdateReason || nextUpdateAt < due)
        ? nextUpdateAt
        : due,
    );
  }
}
