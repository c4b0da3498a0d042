import { screen } from '@testing-library/react';
import { axe, FakeSopApi, refusal, renderPage } from '../../__testUtils__';
import { PolicyCard } from './PolicyCard';

const entity = {
  apiVersion: 'handrail.dev/v1alpha1',
  kind: 'SOPPolicy',
  metadata: { name: 'payments', namespace: 'default' },
  spec: {
    owner: 'group:default/payments',
    targets: { kind: 'Component' },
    minQuorum: 2,
    requireReason: true,
  },
};
const listed = {
  policyRef: 'soppolicy:default/payments',
  title: 'Payments',
  owner: 'group:default/payments',
  demands: [],
  steps: '',
};

describe('PolicyCard', () => {
  it('says in words what is asked for, and where it is in force', async () => {
    const api = new FakeSopApi();
    api.policies = [
      {
        ...listed,
        entityRef: 'component:default/ledger',
        inForce: false,
        reason: 'Not in force, because others own it.',
      },
      { ...listed, entityRef: 'component:default/api', inForce: true },
    ];
    const { container } = renderPage(<PolicyCard />, { api, entity });
    expect(
      await screen.findByText('Not in force, because others own it.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('At least 2 approvals needed.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Every vote needs a reason.')).toBeInTheDocument();
    expect(screen.getByText('In force')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that nothing matches', async () => {
    renderPage(<PolicyCard />, { entity });
    expect(
      await screen.findByText('No entity matches. The policy binds nothing.'),
    ).toBeInTheDocument();
  });

  it('says why it cannot tell', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'listPolicyTargets')
      .mockRejectedValue(
        refusal(403, { message: 'You may not see policies.' }),
      );
    renderPage(<PolicyCard />, { api, entity });
    expect(
      await screen.findByText('You may not see policies.'),
    ).toBeInTheDocument();
  });
});
