import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  entityPresentationApiRef,
  EntityPresentationApi,
} from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { sampleRun, sampleStep } from '../../__testUtils__';
import { StepList } from './StepList';

const NAMES: Record<string, string> = {
  'user:default/lin.zhao': 'Lin Zhao',
  'user:default/ana.duarte': 'Ana Duarte',
};

/** Names people as the catalog does. */
const presentation: EntityPresentationApi = {
  forEntity: entityOrRef => {
    const entityRef = String(entityOrRef);
    const snapshot = { entityRef, primaryTitle: NAMES[entityRef] ?? entityRef };
    return { snapshot, promise: Promise.resolve(snapshot) };
  },
};

describe('StepList', () => {
  it('names each person once, by display name, and services as they are', async () => {
    const step = sampleStep({
      id: 'done',
      name: 'Apply the change',
      status: 'completed',
      actors: [
        'user:default/lin.zhao',
        'user:default/ana.duarte',
        'user:default/lin.zhao',
        'plugin:sop',
      ],
    });
    renderInTestApp(
      <TestApiProvider apis={[[entityPresentationApiRef, presentation]]}>
        <StepList run={sampleRun({ steps: [step] })} onSelect={jest.fn()} />
      </TestApiProvider>,
      { apis: [mockApis.identity()] },
    );
    expect(
      await screen.findByRole('button', { name: /Apply the change/ }),
    ).toHaveTextContent(/Completed · Lin Zhao, Ana Duarte, plugin:sop$/);
  });

  it('says only the status while nobody has acted', async () => {
    const step = sampleStep({ name: 'Review', status: 'pending', actors: [] });
    renderInTestApp(
      <StepList run={sampleRun({ steps: [step] })} onSelect={jest.fn()} />,
      { apis: [mockApis.identity()] },
    );
    expect(
      await screen.findByRole('button', { name: /Review/ }),
    ).toHaveTextContent(/Not reached$/);
  });
});
