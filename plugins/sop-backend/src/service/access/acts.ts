import { Permission } from '@backstage/plugin-permission-common';
import {
  CommandBody,
  sopRunBreakGlassPermission,
  sopRunControlPermission,
  sopRunCreatePermission,
  sopRunReadPermission,
  sopRunRehearsePermission,
  sopTaskReadPermission,
  sopTaskVotePermission,
  sopTaskWorkPermission,
} from '@handrail/plugin-sop-common';

/** What the permission framework is asked about, with the words of a refusal. */
export const ACTS = {
  read: { permission: sopRunReadPermission, words: 'see runs' },
  create: { permission: sopRunCreatePermission, words: 'start runs' },
  rehearse: { permission: sopRunRehearsePermission, words: 'start rehearsals' },
  seeTasks: { permission: sopTaskReadPermission, words: 'see tasks' },
  work: { permission: sopTaskWorkPermission, words: 'work on tasks' },
  vote: { permission: sopTaskVotePermission, words: 'vote in approvals' },
  control: {
    permission: sopRunControlPermission,
    words: 'cancel, retry or roll back runs',
  },
  breakGlass: {
    permission: sopRunBreakGlassPermission,
    words: 'break the glass of runs',
  },
} satisfies Record<string, { permission: Permission; words: string }>;

export type Act = keyof typeof ACTS;

/** What the page of a run offers. */
export const RUN_ACTS: Act[] = ['work', 'vote', 'control', 'breakGlass'];

/** Which act a command is. */
export const ACT_OF_COMMAND: Record<CommandBody['type'], Act> = {
  claim: 'work',
  release: 'work',
  complete: 'work',
  accept: 'work',
  return: 'work',
  'report-failure': 'work',
  vote: 'vote',
  'resolve-doubt': 'work',
  'break-glass': 'breakGlass',
  retry: 'control',
  compensate: 'control',
  fail: 'control',
  cancel: 'control',
  'tour-finished': 'work',
};
