import { PolicyRevision, SopPolicySpec } from '../../model/policy';
import { EvidenceField } from '../../model/types';
import { policyOf } from '../testUtils';
import { Random } from './Random';

const FIELDS: EvidenceField[] = [
  { id: 'ticket', kind: 'text', pattern: 'OPS-\\d+' },
  { id: 'rows', kind: 'number', maximum: 3 },
  { id: 'tag', kind: 'text', pattern: 'w\\d+' },
];

/**
 * Keys of locks, of one run each as nothing keeps the runs apart; the last is
 * none where nothing is given.
 */
export const LOCKS = [
  'shop-${{ run.id }}',
  'till-${{ inputs.count }}-${{ run.id }}',
  '${{ inputs.key }}',
];

/** Policies of every kind, as few as one and as many as two. */
export function randomPolicies(
  random: Random,
  hashOf?: (spec: SopPolicySpec) => string,
): PolicyRevision[] {
  return ['one', 'two'].slice(random.below(2)).map(name => {
    const policy = policyOf(name, demands(random));
    return { ...policy, hash: hashOf?.(policy.spec) ?? policy.hash };
  });
}

function demands(random: Random): Partial<SopPolicySpec> {
  const fields = FIELDS.filter(() => random.chance(0.3));
  const excludedOwners = [
    'initiator',
    'actor:*',
    'user:default/ben',
    'group:default/ops',
  ].filter(() => random.chance(0.3));
  return {
    ...(random.chance(0.6)
      ? {
          steps: random.pick<SopPolicySpec['steps']>([
            { types: ['approval'] },
            { types: ['manual', 'check', 'parallel'] },
            { types: ['action', 'wait', 'handoff'] },
            { tags: ['change'] },
            { ids: ['manual1', 'approval2'] },
          ]),
        }
      : {}),
    ...(random.chance(0.4) ? { minQuorum: 1 + random.below(3) } : {}),
    ...(excludedOwners.length ? { excludedOwners } : {}),
    ...(fields.length ? { requireEvidence: fields } : {}),
    ...(random.chance(0.3) ? { requireReason: true } : {}),
    ...(random.chance(0.4)
      ? {
          windows: [
            {
              name: 'hours',
              effect: random.pick(['allow', 'deny'] as const),
              rrule: 'FREQ=DAILY;BYHOUR=9,10,11,12;BYMINUTE=0;BYSECOND=0',
              duration: 'PT25M',
              ...(random.chance(0.5) ? { timezone: 'Europe/Berlin' } : {}),
            },
          ],
        }
      : {}),
    ...(random.chance(0.25) ? { lock: random.pick(LOCKS.slice(0, -1)) } : {}),
  };
}
