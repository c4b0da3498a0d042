import {
  AuthService,
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { createDocumentControl } from '../../plugins/sop-backend/src/control';
import { DatabaseRunStore } from '../../plugins/sop-backend/src/database';
import {
  composeService,
  RunPublisher,
} from '../../plugins/sop-backend/src/service';
import type { SopRunService } from '../../plugins/sop-backend/src/service/SopRunService';

/** The service that the routes call, for calls without HTTP. */
export interface ComposedService {
  service: SopRunService;
  auth: AuthService;
}

/**
 * A plugin that composes the service as the real one does, over tables of its
 * own, and hands it out. Without the worker: no step of the benchmarks is
 * automated.
 */
export function composedService(): {
  plugin: BackendFeature;
  ready: Promise<ComposedService>;
} {
  let hand: (composed: ComposedService) => void;
  const ready = new Promise<ComposedService>(done => {
    hand = done;
  });
  const plugin = createBackendPlugin({
    pluginId: 'sop-bench',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          database: coreServices.database,
          events: eventsServiceRef,
          logger: coreServices.logger,
          notifications: notificationService,
          permissions: coreServices.permissions,
          signals: signalsServiceRef,
          userInfo: coreServices.userInfo,
        },
        async init(deps) {
          const store = await DatabaseRunStore.create(deps);
          const { control } = await createDocumentControl({
            ...deps,
            runs: store,
          });
          const { service, committer } = composeService({
            ...deps,
            store,
            control,
            allowedActions: [],
            requireInteractive: true,
          });
          const publisher = new RunPublisher(deps);
          committer.addListener(commit => publisher.publish(commit));
          hand({ service, auth: deps.auth });
        },
      });
    },
  });
  return { plugin, ready };
}
