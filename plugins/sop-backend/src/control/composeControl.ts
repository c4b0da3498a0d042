import {
  AuditorService,
  AuthService,
  DatabaseService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { RunStore } from '../database/RunStore';
import { Directory } from '../service/Directory';
import { decisionRefusal } from '../service/voting';
import { Procedures } from '../service/Procedures';
import { ControlPublisher } from './ControlPublisher';
import { ControlService } from './ControlService';
import { ControlStore } from './ControlStore';
import { ControlTasks } from './ControlTasks';
import { AuditedControlService, AuthorizedControlService } from './decorators';
import { DefaultControlService } from './DefaultControlService';
import { DocumentControl } from './DocumentControl';

/** Document control; its tables are those of the run store, created before. */
export async function createDocumentControl(options: {
  database: DatabaseService;
  runs: RunStore;
}): Promise<{ store: ControlStore; control: DocumentControl }> {
  const { database, runs } = options;
  const store = new ControlStore({
    knex: await database.getClient(),
    now: () => runs.now(),
  });
  return { store, control: new DocumentControl(store, runs) };
}

/**
 * The service that routes call: every signature is audited, then authorised.
 * And the regular work; who is told of changes is told from here on.
 */
export function composeControl(options: {
  auditor: AuditorService;
  auth: AuthService;
  events: EventsService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  signals: SignalsService;
  runs: RunStore;
  store: ControlStore;
  control: DocumentControl;
  directory: Directory;
  procedures: Procedures;
  requireInteractive: boolean;
}): { control: ControlService; controlTasks: ControlTasks } {
  const { control: documents, store } = options;
  const publisher = new ControlPublisher({
    ...options,
    now: () => store.now(),
  });
  documents.addListener((commit, sopRef) => publisher.publish(commit, sopRef));
  const control = new AuditedControlService(
    new AuthorizedControlService(
      new DefaultControlService({
        ...options,
        decisionRefusal: (decision, caller) =>
          decisionRefusal(decision, caller, options),
      }),
      options.permissions,
    ),
    options.auditor,
  );
  return { control, controlTasks: new ControlTasks(options) };
}
