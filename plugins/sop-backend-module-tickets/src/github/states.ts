import { TicketCategory } from '../TicketAdapter';

/** How a state shows on an issue, which itself is only open or closed. */
export interface IssueState {
  name: string;
  /** Label of open issues in this state. */
  label?: string;
  /** Reason for which issues in this state are closed. */
  closed?: 'completed' | 'not_planned';
}

/** What an issue shows. */
export interface IssueStanding {
  state: 'open' | 'closed';
  state_reason?: string | null;
  labels: string[];
}

/** States where the configuration names none. */
export const DEFAULT_STATES: IssueState[] = [
  { name: 'To Do' },
  { name: 'In Progress', label: 'in progress' },
  { name: 'Done', closed: 'completed' },
];

/** The state that an issue is in. */
export function stateOf(
  { state, state_reason: reason, labels }: IssueStanding,
  states: IssueState[],
): IssueState {
  if (state === 'closed') {
    const closed = states.filter(one => one.closed);
    return (
      closed.find(one => one.closed === (reason ?? 'completed')) ?? closed[0]
    );
  }
  const open = states.filter(one => !one.closed);
  return (
    open.find(one => one.label !== undefined && labels.includes(one.label)) ??
    open.find(one => one.label === undefined) ??
    open[0]
  );
}

/** What a state means: the first is where work begins. */
export function categoryOf(
  state: IssueState,
  states: IssueState[],
): TicketCategory {
  if (state.closed) {
    return 'done';
  }
  return state === states[0] ? 'to-do' : 'in-progress';
}
