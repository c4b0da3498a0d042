import { describe as describeField } from '../engine/evidence';
import { PolicyRevision, PolicyWindow, SopPolicySpec } from '../model/policy';
import { SopStep } from '../model/types';
import { demandsOn } from './tightenStep';

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

/** What a policy demands, a sentence each. @public */
export function describeDemands(demands: Partial<SopPolicySpec>): string[] {
  const { windows, minQuorum, excludedOwners, requireEvidence } = demands;
  return [
    ...(minQuorum ? [`At least ${plural(minQuorum, 'approval')} needed.`] : []),
    ...(excludedOwners
      ? [`May not act: ${excludedOwners.map(sayExcluded).join(', ')}.`]
      : []),
    ...(demands.requireReason ? ['Every vote needs a reason.'] : []),
    ...(requireEvidence ?? []).map(
      field => `Asks for ${field.name ?? field.id}: ${describeField(field)}.`,
    ),
    ...(windows ?? []).map(describeWindow),
    ...(demands.lock
      ? [`One run at a time holds the lock ${demands.lock}.`]
      : []),
  ];
}

/** Which steps a policy is about, as words. @public */
export function describePolicySteps({ steps }: SopPolicySpec): string {
  if (!steps) {
    return 'Approvals for votes and for who may act, automation for windows and locks, manual work for evidence';
  }
  return [
    steps.types ? `${steps.types.join(' and ')} steps` : 'steps',
    steps.ids ? `with the id ${steps.ids.join(' or ')}` : '',
    steps.tags ? `tagged ${steps.tags.join(' or ')}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function sayExcluded(rule: string): string {
  if (rule === 'initiator') {
    return 'who started the run';
  }
  if (rule === 'actor:*') {
    return 'who did another task of the run';
  }
  return rule.startsWith('actor:')
    ? `who did the step “${rule.slice('actor:'.length)}”`
    : rule;
}

/** A window as a sentence. @public */
export function describeWindow(window: PolicyWindow): string {
  const { name, effect, rrule, duration, timezone } = window;
  return `${
    effect === 'deny' ? 'Closed' : 'Open only'
  } in “${name}”: ${rrule} for ${duration}, ${timezone ?? 'UTC'}.`;
}

/** What one policy adds to one step, a sentence each. @public */
export function describeTightening(
  policy: PolicyRevision,
  step: SopStep,
): string[] {
  return describeDemands(demandsOn(policy.spec, step));
}
