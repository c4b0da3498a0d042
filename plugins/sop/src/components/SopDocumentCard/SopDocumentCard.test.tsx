import { screen } from '@testing-library/react';
import { axe, renderPage, sampleProcedure } from '../../__testUtils__';
import { EntitySteps } from '../EntitySteps';
import { SopStatusCard } from '../SopStatusCard';
import { SopDocumentCard } from './SopDocumentCard';

describe('the page of a procedure', () => {
  it('shows its document control and Start', async () => {
    const { container } = renderPage(<SopDocumentCard />, {
      entity: sampleProcedure(),
    });
    expect(await screen.findByRole('link', { name: 'Start' })).toHaveAttribute(
      'href',
      '/sops/start?sop=sop%3Adefault%2Fdata-change',
    );
    expect(screen.getByText('2026-02-03')).toBeInTheDocument();
    expect(screen.getByText('3 months')).toBeInTheDocument();
    expect(screen.getByText('soc2:CC8.1')).toBeInTheDocument();
    expect(screen.getByText('group:ops-leads')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('survives an entity without document and steps', async () => {
    const bare = { ...sampleProcedure(), spec: {} };
    renderPage(
      <>
        <SopDocumentCard />
        <EntitySteps />
      </>,
      { entity: bare },
    );
    expect(await screen.findByRole('link', { name: 'Start' })).toBeVisible();
    expect(screen.getByText('This procedure has no steps.')).toBeVisible();
  });

  it('warns when the registered file has become invalid', async () => {
    const entity = {
      ...sampleProcedure(),
      status: {
        items: [
          {
            type: 'backstage.io/catalog-processing',
            level: 'error' as const,
            message: 'InputError: spec.steps[1].role is unknown',
          },
          {
            type: 'backstage.io/catalog-processing',
            level: 'info' as const,
            message: 'all quiet',
          },
        ],
      },
    };
    renderPage(<SopStatusCard />, { entity });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'The registered file is invalid; this is the last good version',
    );
    expect(alert).toHaveTextContent('spec.steps[1].role is unknown');
    expect(alert).not.toHaveTextContent('all quiet');
  });

  it('draws the steps, and lists them with their conditions and returns', async () => {
    renderPage(<EntitySteps />, {
      entity: sampleProcedure(),
      at: '/?view=list',
    });
    const table = await screen.findByRole('table', {
      name: 'Steps of SOP-004 Data change management',
    });
    expect(table).toHaveTextContent('a rejection leads back to Write it');
    expect(table).toHaveTextContent('Owner of the target');
    expect(table).toHaveTextContent('Whoever starts the run');
  });
});
