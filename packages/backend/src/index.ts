import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-proxy-backend'));

// Who is asking
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@handrail/plugin-auth-backend-module-demo'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

// What there is
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@handrail/plugin-catalog-backend-module-sop'));
backend.add(import('@handrail/plugin-catalog-backend-module-openslo'));
backend.add(import('@handrail/plugin-catalog-backend-module-onboarding'));

// Procedures
backend.add(import('@handrail/plugin-sop-backend'));
backend.add(import('@handrail/plugin-sop-backend-module-demo'));
// What speaks at the change gate
backend.add(import('@handrail/plugin-sop-backend-module-slo'));
backend.add(import('@handrail/plugin-sop-backend-module-incidents'));
backend.add(import('@handrail/plugin-sop-backend-module-measurements'));
// Tickets and wikis that steps work with; see app-config.yaml
backend.add(import('@handrail/plugin-sop-backend-module-tickets'));
backend.add(import('@handrail/plugin-sop-backend-module-wiki'));

// Incidents
backend.add(import('@handrail/plugin-incidents-backend'));
backend.add(import('@handrail/plugin-incidents-backend-module-alertmanager'));

// Service level objectives
backend.add(import('@handrail/plugin-slo-backend'));
backend.add(import('@handrail/plugin-slo-backend-module-prometheus'));

// Onboarding
backend.add(import('@handrail/plugin-onboarding-backend'));

// Templates
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
backend.add(import('@handrail/plugin-scaffolder-backend-module-sop'));
backend.add(import('@handrail/plugin-scaffolder-backend-module-golden-paths'));

// Repositories of golden paths
backend.add(import('@handrail/plugin-git-host-backend'));

// Docs and search
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@handrail/plugin-search-backend-module-sop'));

// News and settings
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// Agents
backend.add(import('@backstage/plugin-mcp-actions-backend'));

// A back end whose start failed would stay alive and answer 503 for ever; only
// a process that ends is started again.
backend.start().catch(error => {
  process.stderr.write(
    `The back end did not start: ${error?.stack ?? error}\n`,
  );
  process.exit(1);
});
