import { Entity } from '@backstage/catalog-model';
import {
  filterPredicateToFilterFunction,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import {
  AnyRunEvent,
  formatProblem,
  PolicyRevision,
  SopPolicyEntity,
  validateSopPolicy,
} from '@handrail/plugin-sop-common';
import {
  allSteps,
  LIBRARY,
  OTHER_ENTITIES,
  stepOf,
} from './__testUtils__/library';
import { play } from './__testUtils__/plans';
import { Played } from './__testUtils__/Player';

const GRID = LIBRARY.filter(one => one.domain === 'grid');

/** When a step that had to wait was kept, by what, and until when. */
function kept({ events }: Played, id: string) {
  return events.flatMap(event =>
    event.type === 'step.blocked' && event.data.stepId === id
      ? event.data.blocks.map(({ sentence, until }) => ({ sentence, until }))
      : [],
  );
}

/** Instants at which a step began. */
function begun({ events }: Played, id: string): string[] {
  return events.flatMap(event =>
    event.type === 'step.started' && event.data.stepId === id ? [event.at] : [],
  );
}

const MONDAY = '2026-11-02T09:00:00.000Z';
const WEDNESDAY = '2026-11-04T23:00:00.000Z';
const THURSDAY = '2026-11-05T00:00:00.000Z';
const FRIDAY = '2026-11-06T22:00:00.000Z';
const SATURDAY = '2026-11-07T10:00:00.000Z';
const SUNDAY = '2026-11-08T00:00:00.000Z';
const NEXT_MONDAY = '2026-11-09T00:00:00.000Z';

const RELEASES = [
  ['product-process', 'mainnet', 'release-days', SUNDAY],
  ['service-process', 'mainnet', 'release-days', SUNDAY],
  ['project-process', 'mainnet', 'release-days', SUNDAY],
  ['web-publishing', 'production', 'web-freeze', NEXT_MONDAY],
] as const;

/** What is urgent, with a label, for operations or not. */
const urgent = (label: string, operations: boolean, start: string) =>
  play('urgent-matter', {
    start,
    evidence: { label: { label, operations } },
  });

function escalations(events: AnyRunEvent[], id: string) {
  return events.flatMap(event =>
    event.type === 'task.escalated' && event.data.stepId === id
      ? [[event.at, ...event.data.to]]
      : [],
  );
}

const POLICIES = OTHER_ENTITIES.filter(one => one.kind === 'SOPPolicy');

/** As the SOP back end keeps it. */
function revision(entity: SopPolicyEntity): PolicyRevision {
  return {
    ref: `soppolicy:default/${entity.metadata.name}`,
    hash: entity.metadata.name,
    title: entity.metadata.title ?? '',
    spec: entity.spec,
  };
}

describe('the rules of the operations processes about time', () => {
  it.each(RELEASES)(
    '2: what %s releases after Wednesday waits, and says until when',
    (name, id, window, opens) => {
      for (const start of [THURSDAY, FRIDAY, SATURDAY]) {
        const blocked = play(name, { start, stopWhenBlocked: true });
        expect(blocked.completed).not.toContain(id);
        expect(blocked.state.closedAt).toBeUndefined();
        expect(blocked.state.steps[id].blocked?.blocks).toEqual([
          {
            kind: 'window',
            sentence: `the window “${window}” forbids it now`,
            until: opens,
            ref: window,
          },
        ]);
        const played = play(name, { start });
        expect(begun(played, id)).toEqual([opens]);
        expect(played.state.status).toBe('completed');
      }
    },
  );

  it.each(RELEASES)('2: what %s releases by Wednesday goes at once', name => {
    for (const start of [MONDAY, WEDNESDAY]) {
      const { events } = play(name, { start });
      expect(events.map(event => event.type)).not.toContain('step.blocked');
    }
  });

  it.each([
    ['service-process', false],
    ['web-publishing', true],
  ])('2: Sunday is a day of %s: it waits %s', (name, waits) => {
    const { events } = play(name, { start: SUNDAY });
    expect(events.some(event => event.type === 'step.blocked')).toBe(waits);
  });

  it.each(
    GRID.flatMap(entry =>
      allSteps(entry.spec.steps)
        .filter(step => step.tags?.includes('release'))
        .map(step => [entry.name, step.id, step] as const),
    ),
  )('2: “%s: %s” is inside a window', (_, __, step) => {
    expect(step.windows).toHaveLength(1);
  });

  it('2: what is begun on Wednesday and finished on Thursday is refused', () => {
    const late = '2026-11-04T23:59:59.999Z';
    expect(() =>
      play('service-process', { start: late, takes: { mainnet: 1 } }),
    ).toThrow(
      'Blocked because the window “release-days” forbids it now; it opens at 2026-11-08T00:00:00.000Z.',
    );
  });

  it('2: whatever else is released onto the grid waits as well', () => {
    const [policy, ...more] = POLICIES.filter(
      one => one.spec.owner === 'group:default/grid-circle-owners',
    );
    expect(more).toEqual([]);
    expect(validateSopPolicy(policy).map(formatProblem)).toEqual([]);
    // Those of the domain have the window themselves.
    const isMeant = filterPredicateToFilterFunction<Entity>(
      parseFilterPredicate(policy.spec.procedures),
    );
    expect(LIBRARY.filter(one => !isMeant(one.entity))).toEqual(GRID);
    const { state } = play('release', {
      start: FRIDAY,
      inputs: { hotfix: true },
      policies: [revision(policy)],
      stopWhenBlocked: true,
    });
    expect(state.steps.production.blocked?.blocks).toEqual([
      {
        kind: 'policy',
        sentence:
          'the policy Grid release days denies it in the window “not after Wednesday”',
        until: SUNDAY,
        ref: 'soppolicy:default/grid-release-days',
      },
    ]);
  });

  it.each(['take', 'critical', 'major', 'minor'])(
    '6: “%s” of an urgent matter escalates when nobody does it in time',
    id => {
      const label = id === 'take' ? 'critical' : id;
      const { events, state } = play('urgent-matter', {
        late: [id],
        evidence: { label: { label, operations: false } },
      });
      const told = escalations(events, id).map(([, ...to]) => to);
      expect(told).toEqual([
        ...(id === 'take' ? [] : [['group:default/grid-circle-owners']]),
        ['group:default/grid-stakeholders'],
      ]);
      expect(state.status).toBe('completed');
    },
  );

  it.each([
    // On Friday and Saturday operations is there for what is critical, in daytime.
    ['critical', MONDAY, MONDAY],
    ['major', MONDAY, MONDAY],
    ['critical', '2026-11-05T23:00:00.000Z', '2026-11-05T23:00:00.000Z'],
    ['critical', '2026-11-06T10:00:00.000Z', '2026-11-06T10:00:00.000Z'],
    ['critical', '2026-11-06T03:00:00.000Z', '2026-11-06T08:00:00.000Z'],
    ['critical', FRIDAY, '2026-11-07T08:00:00.000Z'],
    ['critical', '2026-11-07T20:00:00.000Z', SUNDAY],
    ['major', '2026-11-06T10:00:00.000Z', SUNDAY],
    ['minor', SATURDAY, SUNDAY],
  ])('7: operations has a %s matter of %s from %s on', (label, start, from) => {
    const played = urgent(label, true, start);
    const id = `operations-${label}`;
    expect(begun(played, id)).toEqual([from]);
    expect(kept(played, id).every(({ until }) => until === from)).toBe(true);
    expect(kept(played, id).length > 0).toBe(start !== from);
  });

  it('7: its days off do not count in its 2 days', () => {
    // From Wednesday noon: Thursday noon, and Sunday noon.
    const { state } = play('urgent-matter', {
      start: '2026-11-04T12:00:00.000Z',
      late: ['operations-major'],
      evidence: { label: { label: 'major', operations: true } },
    });
    expect(state.steps['operations-major'].deadline?.completeBy).toBe(
      '2026-11-08T12:00:00.000Z',
    );
  });

  it('7: an environment that is asked for on Friday is set up on Sunday', () => {
    const played = play('environment-request', { start: FRIDAY });
    expect(kept(played, 'take')[0]).toEqual({
      sentence: 'the window “operations-days” is closed',
      until: SUNDAY,
    });
    expect(begun(played, 'set-up')).toEqual([SUNDAY]);
  });

  it.each([
    [14, 'critical', 'PT1H', 3_600_000],
    [15, 'major', 'P2D', 2 * 86_400_000],
    [16, 'minor', 'P14D', 14 * 86_400_000],
  ])('%i: %s is to be done within %s', (_, label, within, millis) => {
    for (const operations of [false, true]) {
      const id = operations ? `operations-${label}` : label;
      expect(stepOf('urgent-matter', id)).toMatchObject({
        deadline: { completeWithin: within },
      });
    }
    const { state } = urgent(label, false, MONDAY);
    const { deadline, startedAt } = state.steps[label];
    expect(Date.parse(deadline!.completeBy!) - Date.parse(startedAt!)).toBe(
      millis,
    );
  });
});
