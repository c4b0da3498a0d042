import { screen } from '@testing-library/react';
import { axe, FakeSopApi, renderPage, sampleTask } from '../../__testUtils__';
import { TaskDecision } from './TaskDecision';

describe('a tour among the tasks', () => {
  it('leads to where the tour begins', async () => {
    const { container } = renderPage(
      <TaskDecision
        gone={false}
        task={sampleTask({
          stepType: 'tour',
          tour: 'tour:default/first-look',
          asked: 'Take the tour: First look',
          act: { allowed: true },
          reasonRule: undefined,
        })}
      />,
      { api: new FakeSopApi() },
    );
    expect(
      await screen.findByRole('link', { name: 'Take the tour: First look' }),
    ).toHaveAttribute('href', '/onboarding?tour=tour%3Adefault%2Ffirst-look');
    expect(await axe(container)).toHaveNoViolations();
  });
});
