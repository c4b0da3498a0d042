import { screen } from '@testing-library/react';
import { axe, renderPage, sampleRun, sampleStep } from '../../__testUtils__';
import { TourPanel } from './TourPanel';

function renderStep(act: { allowed: boolean; reason?: string }) {
  return renderPage(
    <TourPanel
      run={sampleRun()}
      step={sampleStep({
        type: 'tour',
        status: 'ready',
        tour: 'tour:default/first-look',
        act,
      })}
      send={async () => true}
      pending={false}
      error={null}
    />,
  );
}

describe('TourPanel', () => {
  it('leads to the tour and offers no way to complete it by hand', async () => {
    const { container } = renderStep({ allowed: true });
    expect(
      await screen.findByRole('link', { name: 'Take the tour' }),
    ).toHaveAttribute('href', '/onboarding?tour=tour%3Adefault%2Ffirst-look');
    expect(
      screen.queryByRole('button', { name: 'Complete' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Cannot be done' }),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says whose tour it is to everybody else', async () => {
    renderStep({
      allowed: false,
      reason: 'Only the person it is about (mateo.vargas) may take this.',
    });
    expect(
      await screen.findByText(/Only the person it is about/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Take the tour' })).toBeNull();
  });
});
