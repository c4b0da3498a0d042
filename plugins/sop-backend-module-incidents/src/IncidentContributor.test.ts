import { ConfigReader } from '@backstage/config';
import { mockCredentials } from '@backstage/backend-test-utils';
import { IncidentSummary } from '@handrail/plugin-incidents-common';
import { IncidentService } from '@handrail/plugin-incidents-node';
import { readBlockingSeverities } from './config';
import { IncidentContributor } from './IncidentContributor';

const summary = (more: Partial<IncidentSummary> = {}): IncidentSummary => ({
  incidentId: 'i1',
  reference: 'INC-1',
  title: 'Payments are down.',
  severity: 'SEV-1',
  status: 'investigating',
  open: true,
  drill: false,
  entityRefs: ['component:default/payments-api'],
  owners: ['group:default/payments'],
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  version: 1,
  headline: '',
  ...more,
});

/** Answers one page per list, and remembers what it was asked. */
function fakeIncidents(...pages: IncidentSummary[][]) {
  const asked: unknown[] = [];
  const incidents = {
    async listIncidents(request: { cursor?: string }) {
      asked.push(request);
      const at = Number(request.cursor ?? 0);
      const nextCursor = at + 1 < pages.length ? String(at + 1) : undefined;
      return { items: pages[at], nextCursor };
    },
  } as unknown as IncidentService;
  return { incidents, asked };
}

const options = {
  credentials: mockCredentials.service(),
  signal: new AbortController().signal,
};
const request = {
  entityRef: 'component:default/payments-api',
  now: new Date(),
};

async function reasonsOf(
  pages: IncidentSummary[][],
  blockingSeverities = ['SEV-1'],
) {
  const { incidents, asked } = fakeIncidents(...pages);
  const contributor = new IncidentContributor({
    incidents,
    blockingSeverities,
  });
  return { reasons: await contributor.evaluate(request, options), asked };
}

describe('IncidentContributor', () => {
  it('asks for open incidents of the entity', async () => {
    const { reasons, asked } = await reasonsOf([[]]);
    expect(reasons).toEqual([]);
    expect(asked).toEqual([
      { entityRef: 'component:default/payments-api', open: true, limit: 100 },
    ]);
  });

  it('blocks for a severe one, with a sentence and who can end it', async () => {
    const { reasons } = await reasonsOf([
      [summary({ commander: 'user:default/grace.wambui' })],
    ]);
    expect(reasons).toEqual([
      {
        code: 'incident-open',
        sentence: 'INC-1 (SEV-1) is open: Payments are down.',
        blocking: true,
        unblockers: ['user:default/grace.wambui'],
        href: '/incidents/i1',
      },
    ]);
  });

  it('names the owners while nobody commands', async () => {
    const { reasons } = await reasonsOf([[summary()]]);
    expect(reasons[0].unblockers).toEqual(['group:default/payments']);
  });

  it.each([
    ['a lower severity', { severity: 'SEV-2' }],
    ['a proposal', { status: 'proposed' as const }],
  ])('only tells of %s', async (_, more) => {
    const { reasons } = await reasonsOf([[summary(more)]]);
    expect(reasons).toMatchObject([{ blocking: false }]);
    expect(reasons[0]).not.toHaveProperty('unblockers');
  });

  it('blocks for the severities of the configuration', async () => {
    const { reasons } = await reasonsOf(
      [[summary(), summary({ severity: 'SEV-2' })]],
      ['SEV-2'],
    );
    expect(reasons.map(({ blocking }) => blocking)).toEqual([false, true]);
  });

  it('does not speak of drills', async () => {
    expect((await reasonsOf([[summary({ drill: true })]])).reasons).toEqual([]);
  });

  it('reads all pages', async () => {
    const { reasons } = await reasonsOf([
      [summary({ severity: 'SEV-3' })],
      [summary()],
    ]);
    expect(reasons.map(({ blocking }) => blocking)).toEqual([false, true]);
  });
});

describe('readBlockingSeverities', () => {
  const read = (blockingSeverities?: string[]) =>
    readBlockingSeverities(
      new ConfigReader({ incidents: { gate: { blockingSeverities } } }),
    );

  it('is SEV-1 unless configured', () => {
    expect(readBlockingSeverities(new ConfigReader({}))).toEqual(['SEV-1']);
    expect(read(['SEV-1', 'SEV-2'])).toEqual(['SEV-1', 'SEV-2']);
    expect(read([])).toEqual([]);
  });

  it.each([[['SEV-1', ' ']], [['SEV-1', 'SEV-1']]])(
    'refuses %j with the path',
    severities => {
      expect(() => read(severities)).toThrow(
        /incidents\.gate\.blockingSeverities\[1\] is/,
      );
    },
  );
});
