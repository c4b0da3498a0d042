import type {
  IncidentCommandType,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import { ReactNode, useState } from 'react';
import { useIncidentCommand } from '../../hooks';
import { AskedCommand, asksFirst, CommandDialog } from '../CommandDialog';
import { CommandError } from '../CommandError';

/** A command and what is settled about it. */
export type WantedCommand = Omit<AskedCommand, 'type'> & {
  type: IncidentCommandType;
  /** Do it at once even where a form exists. */
  atOnce?: boolean;
};

/** What a section needs to offer commands. */
export interface IncidentActions {
  act(wanted: WantedCommand): void;
  /** The command that is under way. */
  pending?: IncidentCommandType;
  /** The form that is open, or why the last command failed. */
  outcome: ReactNode;
}

/** Gives commands: at once, or after asking for what they need. */
export function useIncidentActions(incident: IncidentView): IncidentActions {
  const [asked, setAsked] = useState<AskedCommand>();
  const { mutate, isPending, variables, error, reset } =
    useIncidentCommand(incident);
  const act = (wanted: WantedCommand) => {
    const { type, given, atOnce = false } = wanted;
    if (isPending) {
      return;
    }
    reset();
    if (!atOnce && asksFirst(type)) {
      setAsked({ ...wanted, type });
      return;
    }
    mutate({
      command: { type, ...given },
      ...(type !== 'acknowledge' && { expectedVersion: incident.version }),
    });
  };
  return {
    act,
    pending: isPending ? variables?.command.type : undefined,
    outcome: (
      <>
        <CommandError error={error} />
        {asked && (
          <CommandDialog
            incident={incident}
            asked={asked}
            onClose={() => setAsked(undefined)}
          />
        )}
      </>
    ),
  };
}
