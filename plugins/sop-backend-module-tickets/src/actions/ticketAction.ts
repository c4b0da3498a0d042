import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { instanceNamed, procedureOnly } from '@handrail/plugin-sop-node';
import { TICKETS_KEY } from '../config';
import { TicketAdapter } from '../TicketAdapter';

/** What each action needs. */
export interface TicketActionOptions {
  actionsRegistry: ActionsRegistryService;
  /** By name. */
  systems: Map<string, TicketAdapter>;
}

/**
 * The ticket system that a step names.
 * @throws NotAllowedError when no step asks.
 * @throws InputError when there is none with that name.
 */
export function systemOf(
  { systems }: TicketActionOptions,
  name: string,
  credentials: BackstageCredentials,
): TicketAdapter {
  procedureOnly(credentials);
  return instanceNamed(systems, { field: 'system', name, key: TICKETS_KEY });
}

/** Descriptions of what several actions take. */
export const SYSTEM = 'Name of the ticket system in `sop.tickets`';
export const KEY = 'Key of the ticket, or the address of its page';
