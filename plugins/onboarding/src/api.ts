import { createApiRef } from '@backstage/frontend-plugin-api';
import type { OnboardingApi } from '@handrail/plugin-onboarding-common';
import type { TourSession } from './session';

/** The onboarding back end as the browser sees it. @public */
export const onboardingApiRef = createApiRef<OnboardingApi>().with({
  id: 'plugin.onboarding.client',
  pluginId: 'onboarding',
});

/** The tour that runs in this tab. */
export const tourSessionApiRef = createApiRef<TourSession>().with({
  id: 'plugin.onboarding.session',
  pluginId: 'onboarding',
});
