import { mockCredentials } from '@backstage/backend-test-utils';
import { SloSummary } from '@handrail/plugin-slo-common';
import { SloService } from '@handrail/plugin-slo-node';
import { BudgetContributor } from './BudgetContributor';

function summary(
  status: SloSummary['status'],
  budgetRemaining: number | null,
): SloSummary {
  return {
    ref: 'slo:default/payments-availability',
    namespace: 'default',
    name: 'payments-availability',
    title: 'Payments availability',
    status,
    owner: 'group:default/payments',
    figures: { budgetRemaining },
  } as SloSummary;
}

const options = {
  credentials: mockCredentials.service(),
  signal: new AbortController().signal,
};
const request = {
  entityRef: 'component:default/payments-api',
  now: new Date(),
};

function evaluate(...items: SloSummary[]) {
  const slos: SloService = {
    async listSlos({ entityRef }) {
      expect(entityRef).toBe(request.entityRef);
      return items;
    },
  };
  return new BudgetContributor(slos).evaluate(request, options);
}

describe('BudgetContributor', () => {
  it('says nothing about an entity without SLOs', async () => {
    expect(await evaluate()).toEqual([]);
  });

  it('blocks when a budget is spent, with who can change that', async () => {
    expect(await evaluate(summary('exhausted', -0.121))).toEqual([
      {
        code: 'budget-exhausted',
        sentence:
          'The error budget of Payments availability is spent: -13 % is left.',
        blocking: true,
        unblockers: ['group:default/payments'],
        href: '/slos/default/payments-availability',
      },
    ]);
  });

  it.each([
    [
      summary('healthy', 0.619),
      '61 % of the error budget of Payments availability is left.',
    ],
    [
      summary('caution', 0.12),
      '12 % of the error budget of Payments availability is left.',
    ],
    [
      summary('unknown', 0.5),
      '50 % of the error budget of Payments availability is left, as far as was known last.',
    ],
    [
      summary('no-data', null),
      'Nobody knows how much of the error budget of Payments availability is left.',
    ],
  ])('only tells of what is not spent (%#)', async (slo, sentence) => {
    expect(await evaluate(slo)).toMatchObject([{ sentence, blocking: false }]);
  });

  it('speaks of each', async () => {
    const reasons = await evaluate(
      summary('healthy', 1),
      summary('exhausted', 0),
    );
    expect(reasons.map(({ blocking }) => blocking)).toEqual([false, true]);
  });
});
