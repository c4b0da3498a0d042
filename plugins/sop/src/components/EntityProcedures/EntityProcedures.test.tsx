import { screen } from '@testing-library/react';
import {
  axe,
  FakeSopApi,
  refusal,
  renderPage,
  SAMPLE_COMPONENT,
  sampleGoverning,
} from '../../__testUtils__';
import { EntityProcedures } from './EntityProcedures';

describe('EntityProcedures', () => {
  it('lists what governs the entity with its latest run and Start here', async () => {
    const { container } = renderPage(<EntityProcedures />, {
      entity: SAMPLE_COMPONENT,
    });
    expect(
      await screen.findByRole('link', {
        name: 'Start here: SOP-004 Data change management',
      }),
    ).toHaveAttribute(
      'href',
      '/sops/start?sop=sop%3Adefault%2Fdata-change&target=component%3Adefault%2Fpayments-api',
    );
    expect(screen.getByText(/1 run in progress/)).toBeInTheDocument();
    expect(
      (await screen.findAllByRole('link', { name: /DATA-31/ }))[0],
    ).toHaveAttribute('href', '/sops/runs/run-1');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('lists what owners demand, and what is not in force', async () => {
    const api = new FakeSopApi();
    const policy = {
      entityRef: 'component:default/payments-api',
      title: 'Payments',
      owner: 'group:default/payments',
      steps: '',
    };
    api.policies = [
      {
        ...policy,
        policyRef: 'soppolicy:default/two',
        inForce: true,
        demands: ['At least 2 approvals needed.'],
      },
      {
        ...policy,
        policyRef: 'soppolicy:default/foreign',
        inForce: false,
        reason: 'Not in force, because others own it.',
        demands: ['Every vote needs a reason.'],
      },
    ];
    renderPage(<EntityProcedures />, { api, entity: SAMPLE_COMPONENT });
    const section = await screen.findByRole('region', {
      name: 'Policies of owners',
    });
    expect(section).toHaveTextContent('At least 2 approvals needed.');
    expect(section).toHaveTextContent('Not in force, because others own it.');
    expect(section).not.toHaveTextContent('Every vote needs a reason.');
  });

  it('says why a procedure cannot be started here', async () => {
    const api = new FakeSopApi();
    api.procedures = [
      sampleGoverning({
        canStart: { allowed: false, reason: 'Only developers may start it.' },
        latestRun: undefined,
      }),
    ];
    renderPage(<EntityProcedures />, { api, entity: SAMPLE_COMPONENT });
    expect(
      await screen.findByRole('button', { name: /^Start here: / }),
    ).toHaveAccessibleDescription('Only developers may start it.');
    expect(screen.getByText('Never run here.')).toBeInTheDocument();
  });

  it('says that nothing governs the entity', async () => {
    const api = new FakeSopApi();
    api.procedures = [];
    api.runs = [];
    renderPage(<EntityProcedures />, { api, entity: SAMPLE_COMPONENT });
    expect(
      await screen.findByText('No procedure governs this'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('No procedure has been run here yet.'),
    ).toBeInTheDocument();
  });

  it('says when the list is not permitted', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'listProceduresForEntity')
      .mockRejectedValue(refusal(403, { message: 'You lack sop.run.read.' }));
    renderPage(<EntityProcedures />, { api, entity: SAMPLE_COMPONENT });
    expect(
      await screen.findByText('You lack sop.run.read.'),
    ).toBeInTheDocument();
  });
});
