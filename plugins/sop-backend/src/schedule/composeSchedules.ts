import {
  AuthService,
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { RunStore } from '../database/RunStore';
import { Procedures } from '../service/Procedures';
import { SopRunService } from '../service/SopRunService';
import { AuthorizedScheduleService } from './AuthorizedScheduleService';
import { RunAccess } from '../service/access';
import { DefaultScheduleService } from './DefaultScheduleService';
import { Materialiser } from './Materialiser';
import { Planner } from './Planner';
import { ScheduledProcedures } from './ScheduledProcedures';
import { ScheduleService } from './ScheduleService';
import { ScheduleStore } from './ScheduleStore';
import { ScheduleWorker } from './ScheduleWorker';
import { Starter } from './Starter';

/** What schedules are made of. The store has migrated the database before. */
export interface ComposeSchedulesOptions {
  auth: AuthService;
  catalog: CatalogService;
  database: DatabaseService;
  logger: LoggerService;
  access: RunAccess;
  store: Pick<RunStore, 'now'>;
  service: Pick<SopRunService, 'startRun'>;
  procedures: Procedures;
  /** Milliseconds between two looks for occurrences. */
  cadence: number;
}

/** The service that routes call, and the worker of this replica. */
export async function composeSchedules(
  options: ComposeSchedulesOptions,
): Promise<{ schedules: ScheduleService; scheduleWorker: ScheduleWorker }> {
  const { auth, logger, service } = options;
  const knex = await options.database.getClient();
  const now = () => options.store.now();
  const store = new ScheduleStore(knex);
  const procedures = new ScheduledProcedures(options);
  const planner = new Planner({ store, procedures, now });
  const scheduleWorker = new ScheduleWorker({
    ...{ store, planner, now, logger },
    materialiser: new Materialiser({ store, procedures, planner, now }),
    starter: new Starter({
      ...{ store, procedures, service, now, logger },
      credentials: () => auth.getOwnServiceCredentials(),
    }),
    cadence: options.cadence,
  });
  const schedules = new AuthorizedScheduleService(
    new DefaultScheduleService({ ...options, knex, now }),
    options.access,
  );
  return { schedules, scheduleWorker };
}
