import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { SopClient } from '@handrail/plugin-sop-common';
import { sopApiRef } from '@handrail/plugin-sop-react';

export const sopApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: sopApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new SopClient(deps),
    }),
});
