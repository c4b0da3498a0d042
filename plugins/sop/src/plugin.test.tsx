import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { sopApiRef } from '@handrail/plugin-sop-react';
import { screen } from '@testing-library/react';
import sopPlugin from './index';
import { FakeSopApi, sampleProcedure } from './__testUtils__';

const fake = createFrontendModule({
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
});

function open(path: string) {
  return renderTestApp({
    features: [sopPlugin, fake],
    apis: [catalogApiMock({ entities: [sampleProcedure()] })],
    initialRouteEntries: [path],
  });
}

describe('sopPlugin', () => {
  it.each([
    ['/sops', 'Start SOP-004 Data change management'],
    ['/sops/runs', 'DATA-31: Correct the currency of 12 rows'],
    ['/tasks', 'May this script run on production?'],
  ])('serves %s', async (path, link) => {
    open(path);
    expect(await screen.findByRole('link', { name: link })).toBeInTheDocument();
  });

  it('opens a run by its link', async () => {
    open('/sops/runs/run-1');
    expect(
      await screen.findByRole('heading', { level: 1, name: /DATA-31/ }),
    ).toBeInTheDocument();
  });

  it('says that a page does not exist', async () => {
    open('/sops/nonsense/here');
    expect(await screen.findByText(/404/)).toBeInTheDocument();
  });
});
