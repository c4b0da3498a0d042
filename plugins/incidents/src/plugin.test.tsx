import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { FakeIncidentsApi, PAYMENTS } from './__testUtils__';
import incidentsPlugin, { incidentsApiRef } from './index';

const fake = createFrontendModule({
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
});

/** The pages are loaded when they are asked for. */
const LAZY = { timeout: 40_000 };

function open(path: string) {
  return renderTestApp({
    features: [incidentsPlugin, fake],
    apis: [catalogApiMock({ entities: [PAYMENTS] })],
    initialRouteEntries: [path],
  });
}

describe('incidentsPlugin', () => {
  it('serves the list', async () => {
    open('/incidents');
    expect(
      await screen.findByRole('link', { name: 'INC-12 Payments fail' }, LAZY),
    ).toBeInTheDocument();
  });

  it('opens an incident by its link', async () => {
    open('/incidents/INC-12');
    expect(
      await screen.findByRole(
        'heading',
        { level: 1, name: /Payments fail/ },
        LAZY,
      ),
    ).toBeInTheDocument();
  });

  it('says that a page does not exist', async () => {
    open('/incidents/INC-12/nonsense');
    expect(await screen.findByText(/404/, {}, LAZY)).toBeInTheDocument();
  });
});
