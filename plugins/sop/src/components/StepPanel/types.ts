import type {
  CommandBody,
  RunView,
  StepView,
} from '@handrail/plugin-sop-common';

/** What every kind of panel gets. */
export interface PanelProps {
  run: RunView;
  step: StepView;
  /** Sends a command; the step id and version are added. */
  send(command: StepCommand): Promise<boolean>;
  pending: boolean;
  /** Why the last command was refused. */
  error: unknown;
  /** The signed-in person. */
  userRef?: string;
}

/** A command on the step of the panel. */
export type StepCommand = Omit<CommandBody, 'stepId' | 'taskVersion'>;
