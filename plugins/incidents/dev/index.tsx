import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import incidentsPlugin, { incidentsApiRef } from '../src';
import { FakeIncidentsApi } from '../src/__testUtils__/FakeIncidentsApi';
import { PAYMENTS, PEOPLE } from '../src/__testUtils__/samples';

const catalogApi = catalogApiMock({
  entities: [PAYMENTS, ...PEOPLE],
});

createDevApp({
  features: [
    catalogPlugin,
    incidentsPlugin,
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () => catalogApi,
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'incidents',
      extensions: [
        ApiBlueprint.make({
          name: 'client',
          params: defineParams =>
            defineParams({
              api: incidentsApiRef,
              deps: {},
              factory: () => new FakeIncidentsApi(),
            }),
        }),
      ],
    }),
  ],
});
