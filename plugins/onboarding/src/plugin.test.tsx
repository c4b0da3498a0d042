import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { onboardingApiRef } from './api';
import onboardingPlugin from './index';
import { FakeOnboardingApi, LOOK, sampleMe } from './__testUtils__';

function open(path: string) {
  const api = new FakeOnboardingApi();
  api.me = sampleMe({ offer: LOOK });
  renderTestApp({
    features: [
      onboardingPlugin,
      createFrontendModule({
        pluginId: 'onboarding',
        extensions: [
          ApiBlueprint.make({
            params: defineParams =>
              defineParams({
                api: onboardingApiRef,
                deps: {},
                factory: () => api,
              }),
          }),
        ],
      }),
    ],
    initialRouteEntries: [path],
  });
}

describe('onboardingPlugin', () => {
  it('serves its page', async () => {
    open('/onboarding');
    expect(
      await screen.findByRole('button', { name: 'Start “First look”' }),
    ).toBeInTheDocument();
  });

  it('offers a tour on any app’s home page', async () => {
    open('/');
    expect(await screen.findByText('New here?')).toBeInTheDocument();
  });
});
