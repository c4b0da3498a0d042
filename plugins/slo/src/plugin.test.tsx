import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { FakeSloApi, SAMPLE_COMPONENT } from './__testUtils__';
import sloPlugin, { sloApiRef } from './index';

const fake = createFrontendModule({
  pluginId: 'slo',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: sloApiRef,
          deps: {},
          factory: () => new FakeSloApi(),
        }),
    }),
  ],
});

function open(path: string) {
  return renderTestApp({
    features: [sloPlugin, fake],
    apis: [catalogApiMock({ entities: [SAMPLE_COMPONENT] })],
    initialRouteEntries: [path],
  });
}

describe('sloPlugin', () => {
  it('serves the list', async () => {
    open('/slos');
    expect(
      await screen.findByRole('link', { name: 'Payments availability' }),
    ).toHaveAttribute('href', '/slos/default/payments-availability');
  });

  it('opens an SLO by its link', async () => {
    open('/slos/default/payments-availability');
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Payments availability',
      }),
    ).toBeInTheDocument();
  });

  it('says that a page does not exist', async () => {
    open('/slos/nonsense');
    expect(await screen.findByText(/404/)).toBeInTheDocument();
  });
});
