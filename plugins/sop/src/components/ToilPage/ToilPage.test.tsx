import { screen, within } from '@testing-library/react';
import { axe, FakeSopApi, renderPage } from '../../__testUtils__';
import { ToilPage } from './ToilPage';

const MINUTE = 60_000;

describe('ToilPage', () => {
  it('ranks manual steps and tells what automation saved', async () => {
    const api = Object.assign(new FakeSopApi(), {
      toil: [
        {
          sopRef: 'sop:default/release',
          sopTitle: 'Release',
          stepId: 'tag',
          stepName: 'Tag the version',
          manual: {
            count: 12,
            measured: 10,
            perMonth: 4,
            activeMs: 30 * MINUTE,
            activePerMonthMs: 120 * MINUTE,
          },
          automated: {
            count: 6,
            measured: 6,
            perMonth: 2,
            activeMs: 5000,
          },
          savedPerMonthMs: 60 * MINUTE,
        },
        {
          sopRef: 'sop:default/release',
          sopTitle: 'Release',
          stepId: 'tell',
          stepName: 'Tell the others',
          manual: { count: 3, measured: 0, perMonth: 1 },
        },
      ],
    });
    const list = jest.spyOn(api, 'listToil');
    const { container } = renderPage(<ToilPage />, { api, at: '/?days=365' });
    expect(
      await screen.findByText('Manual steps cost 2 h per month'),
    ).toBeInTheDocument();
    expect(list).toHaveBeenCalledWith({ days: 365 });
    const table = screen.getByRole('table', { name: /Manual steps/ });
    const [, tag, tell] = within(table).getAllByRole('row');
    expect(
      within(tag).getByText('6 times, 5 s each; saves 1 h per month'),
    ).toBeInTheDocument();
    expect(within(tell).getAllByText('Not measured')).toHaveLength(2);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says how it is measured while there is nothing', async () => {
    renderPage(<ToilPage />);
    expect(await screen.findByText('No manual work yet')).toBeInTheDocument();
  });
});
