import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { OnboardingClient } from '@handrail/plugin-onboarding-common';
import { onboardingApiRef, tourSessionApiRef } from '../api';
import { TourSession } from '../session';

export const onboardingApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: onboardingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new OnboardingClient(deps),
    }),
});

export const tourSessionApi = ApiBlueprint.make({
  name: 'session',
  params: defineParams =>
    defineParams({
      api: tourSessionApiRef,
      deps: {},
      factory: () => new TourSession(sessionStorage),
    }),
});
