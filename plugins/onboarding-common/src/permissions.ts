import { createPermission } from '@backstage/plugin-permission-common';

/** See the tours, one's own progress, milestones and checklist. @public */
export const onboardingReadPermission = createPermission({
  name: 'onboarding.read',
  attributes: { action: 'read' },
});

/** Record one's own progress in a tour, and report a broken step. @public */
export const onboardingProgressUpdatePermission = createPermission({
  name: 'onboarding.progress.update',
  attributes: { action: 'update' },
});

/** See figures over at least five people, and broken steps of tours. @public */
export const onboardingInsightReadPermission = createPermission({
  name: 'onboarding.insight.read',
  attributes: { action: 'read' },
});

/** All permissions of the plugin. @public */
export const onboardingPermissions = [
  onboardingReadPermission,
  onboardingProgressUpdatePermission,
  onboardingInsightReadPermission,
];
