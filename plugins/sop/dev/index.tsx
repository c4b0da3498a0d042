import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { sopApiRef } from '@handrail/plugin-sop-react';
import sopPlugin from '../src';
import { FakeSopApi } from '../src/__testUtils__/FakeSopApi';
import {
  SAMPLE_COMPONENT,
  sampleProcedure,
} from '../src/__testUtils__/samples';

const catalogApi = catalogApiMock({
  entities: [SAMPLE_COMPONENT, sampleProcedure()],
});

createDevApp({
  features: [
    catalogPlugin,
    sopPlugin,
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
      pluginId: 'sop',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: sopApiRef,
              deps: {},
              factory: () => new FakeSopApi(),
            }),
        }),
      ],
    }),
  ],
});
