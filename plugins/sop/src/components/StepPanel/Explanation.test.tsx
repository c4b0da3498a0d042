import { screen } from '@testing-library/react';
import { axe, renderPage } from '../../__testUtils__';
import { Explanation } from './Explanation';
import { PolicyFacts } from './PolicyFacts';

it('says why, until when, and who can change it', async () => {
  const { container } = renderPage(
    <Explanation
      reasons={[
        {
          kind: 'policy',
          sentence:
            'Blocked because the policy Payments denies it in the window “freeze”.',
          until: '2099-01-01T00:00:00.000Z',
          who: ['group:default/payments'],
        },
        {
          kind: 'people',
          sentence: 'It needs 2 approvals, but only 1 person may approve.',
          who: [],
        },
      ]}
    />,
  );
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent(
    'Blocked because the policy Payments denies it in the window “freeze”.',
  );
  expect(alert).toHaveTextContent('Opens');
  expect(alert).toHaveTextContent(/Who can change it.*payments/);
  expect(alert).toHaveTextContent('only 1 person may approve');
  expect(await axe(container)).toHaveNoViolations();
});

it('names the policy and its owner with what it adds', async () => {
  renderPage(
    <PolicyFacts
      policies={[
        {
          ref: 'soppolicy:default/payments-freeze',
          hash: 'a',
          title: 'Payments freeze',
          owner: 'group:default/payments',
          demands: ['At least 2 approvals needed.'],
        },
      ]}
    />,
  );
  expect(
    await screen.findByText('At least 2 approvals needed.'),
  ).toBeInTheDocument();
  expect(screen.getByRole('listitem')).toHaveTextContent(
    /Asked for by the policy.*owned by.*payments/,
  );
});
