import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { onboardingPermissions } from '@handrail/plugin-onboarding-common';
import { sopServiceRef } from '@handrail/plugin-sop-node';
import { readOnboardingConfig } from './config';
import { DatabaseOnboardingStore } from './database';
import { MilestoneWatcher, subscribe, TourStepReporter } from './milestones';
import {
  Announcer,
  AuditedOnboardingService,
  AuthorizedOnboardingService,
  Checklist,
  DefaultOnboardingService,
  TourCatalog,
} from './service';
import { createRouter } from './service/router';

/**
 * Tours, progress and milestones.
 * @public
 */
export const onboardingPlugin = createBackendPlugin({
  pluginId: 'onboarding',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        sop: sopServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { sopRef, catchUpEvery } = readOnboardingConfig(deps.config);
        deps.permissionsRegistry.addPermissions(onboardingPermissions);

        const store = await DatabaseOnboardingStore.create(deps);
        const milestones = new MilestoneWatcher({ ...deps, store });
        const reporter = new TourStepReporter({ ...deps, store });
        const service = new AuditedOnboardingService(
          new AuthorizedOnboardingService(
            new DefaultOnboardingService({
              store,
              tours: new TourCatalog(deps),
              checklist: new Checklist({ ...deps, sopRef }),
              listener: new Announcer({ ...deps, reporter }),
              now: () => new Date(),
            }),
            deps.permissions,
          ),
          deps.auditor,
        );
        deps.httpRouter.use(createRouter({ httpAuth: deps.httpAuth, service }));

        deps.lifecycle.addStartupHook(async () => {
          await subscribe({ ...deps, milestones, reporter });
          await deps.scheduler.scheduleTask({
            id: 'onboarding-catch-up',
            frequency: { milliseconds: catchUpEvery },
            timeout: { minutes: 5 },
            initialDelay: { seconds: 3 },
            fn: async () => {
              await milestones.catchUp();
              await reporter.catchUp();
            },
          });
        });
      },
    });
  },
});
