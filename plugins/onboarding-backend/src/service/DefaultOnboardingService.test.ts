import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { OnboardingStore } from '../database';
import { tour, user } from '../__testUtils__/harness';
import {
  DefaultOnboardingService,
  OnboardingListener,
} from './DefaultOnboardingService';
import { Checklist } from './Checklist';
import { TourCatalog } from './TourCatalog';

describe('DefaultOnboardingService', () => {
  it('lets no agent take a tour for a person', async () => {
    const changeProgress = jest.fn();
    const service = new DefaultOnboardingService({
      store: { changeProgress } as Partial<OnboardingStore> as OnboardingStore,
      tours: new TourCatalog({
        catalog: catalogServiceMock({ entities: [tour('look')] }),
        userInfo: { getUserInfo: jest.fn() },
      }),
      checklist: {} as Checklist,
      listener: {} as OnboardingListener,
      now: () => new Date(0),
    });
    const credentials = mockCredentials.user(user('ana'), {
      actor: { subject: 'plugin:mcp-actions' },
    });
    await expect(
      service.putProgress(
        {
          tourRef: 'tour:default/look',
          update: { version: 1, status: 'started' },
        },
        { credentials },
      ),
    ).rejects.toThrow(
      'Only people take tours; here plugin:mcp-actions acts for user:default/ana.',
    );
    expect(changeProgress).not.toHaveBeenCalled();
  });
});
