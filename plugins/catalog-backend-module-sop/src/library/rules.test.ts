import {
  AnyRunEvent,
  formatProblem,
  PolicyRevision,
  SopPolicyEntity,
  SopStep,
  validateSopPolicy,
} from '@handrail/plugin-sop-common';
import {
  allSteps,
  LIBRARY,
  LibraryEntry,
  OTHER_ENTITIES,
  procedureNamed,
} from './__testUtils__/library';
import { combine, PLANS } from './__testUtils__/plans';
import { Plan, Played, Player } from './__testUtils__/Player';

const GRID = LIBRARY.filter(one => one.domain === 'grid');

function owners(entry: LibraryEntry, step: SopStep): string[] {
  return 'role' in step
    ? entry.spec.roles?.[step.role]?.potentialOwners ?? []
    : [];
}

/** Steps of the domain that carry a tag, with their procedure. */
function tagged(...tags: string[]): Array<[string, LibraryEntry, SopStep]> {
  return GRID.flatMap(entry =>
    allSteps(entry.spec.steps)
      .filter(step => step.tags?.some(tag => tags.includes(tag)))
      .map(
        step =>
          [`${entry.name}: ${step.name}`, entry, step] as [
            string,
            LibraryEntry,
            SopStep,
          ],
      ),
  );
}

const play = (name: string, plan: Plan) =>
  new Player(procedureNamed(name).spec, combine(PLANS[name] ?? {}, plan)).play(
    name,
  );

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

describe('the rules of the operations processes', () => {
  it.each(tagged('production-change', 'release', 'infrastructure'))(
    '1, 10, 13: only operations does “%s”',
    (_, entry, step) => {
      expect(owners(entry, step)).toEqual(['group:default/grid-ops']);
    },
  );

  it('1: refuses a developer who pushes to mainnet', () => {
    expect(() =>
      play('service-process', {
        groups: { mainnet: ['group:default/grid-developers'] },
      }),
    ).toThrow(/^Only Operations \(grid-ops\) may do this/);
  });

  it('1, 10: nobody who develops is in operations', () => {
    const members = (name: string) =>
      OTHER_ENTITIES.find(one => one.metadata.name === name).spec.members;
    const developers = [
      ...members('grid-developers'),
      ...members('grid-dev-leads'),
      ...members('grid-web-team'),
    ];
    expect(
      members('grid-ops').filter((one: string) => developers.includes(one)),
    ).toEqual([]);
  });

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

  it('3: what is urgent goes to the owner of the circle first', () => {
    const [first] = procedureNamed('urgent-matter').spec.steps;
    expect(first).toMatchObject({ type: 'handoff', role: 'owner' });
    expect(
      procedureNamed('urgent-matter').spec.roles?.owner.potentialOwners,
    ).toEqual(['group:default/grid-circle-owners']);
  });

  it.each([
    ['product-process', 'proposal'],
    ['service-process', 'proposal'],
    ['project-process', 'issues'],
    ['web-publishing', 'issues'],
  ])('4: %s stops at “%s” without an issue', (name, id) => {
    expect(() => play(name, { evidence: { [id]: { issue: '' } } })).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });

  it.each(['urgent-matter', 'environment-request'])(
    '4: %s cannot be started without an issue',
    name => {
      expect(procedureNamed(name).spec.inputs?.required).toContain('issue');
    },
  );

  it.each(['product-process', 'urgent-matter'])(
    '5: %s ends when the issue is closed, and not before',
    name => {
      expect(() =>
        play(name, { evidence: { close: { closed: false } } }),
      ).toThrow(expect.objectContaining({ name: 'InputError' }));
    },
  );

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
      const step = allSteps(procedureNamed('urgent-matter').spec.steps).find(
        one => one.id === id,
      );
      expect(step).toMatchObject({ deadline: { completeWithin: within } });
    }
    const { state } = urgent(label, false, MONDAY);
    const { deadline, startedAt } = state.steps[label];
    expect(Date.parse(deadline!.completeBy!) - Date.parse(startedAt!)).toBe(
      millis,
    );
  });

  it.each([
    ['agree', 'stakeholders do not agree'],
    ['can', 'architects say that it cannot be done'],
    ['will', 'owners say that it will not be done'],
  ])('8: nothing is said while %s: %s', id => {
    const { state } = play('external-promise', { reject: [id], stop: true });
    expect(state.steps.say?.status ?? 'pending').toBe('pending');
  });

  it.each(['product-process', 'service-process', 'project-process'])(
    '9: %s ends on mainnet',
    name => {
      expect(play(name, {}).completed).toContain('mainnet');
    },
  );

  it('11: a new priority is refused while stories are open', () => {
    expect(() =>
      play('new-priority', { evidence: { current: { open: 2 } } }),
    ).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('12: only an urgency of a story under way comes between two calls', () => {
    const played = play('new-priority', { inputs: { urgency: true } });
    expect(played.completed).toContain('story');
    expect(played.completed).not.toContain('current');
    expect(procedureNamed('new-priority').spec.inputs?.required).toContain(
      'call',
    );
  });

  it.each(tagged('priority', 'agreement'))(
    '12: %s needs the majority of the stakeholders',
    (_, entry, step) => {
      expect(step).toMatchObject({ type: 'approval', quorum: 'majority' });
      expect(owners(entry, step)).toEqual(['group:default/grid-stakeholders']);
    },
  );
});

/** Procedures of the documents that stand beside the folders of their domain. */
const BESIDE: Record<string, string> = {
  'development-workflow': 'commerce',
  release: 'commerce',
  'data-change': 'commerce',
  'database-migration': 'data-liberation',
};

it.each(Object.keys(BESIDE))('%s names the systems it is about', name => {
  expect(JSON.stringify(procedureNamed(name).spec.appliesTo)).toContain(
    '"spec.system":',
  );
});

it('a rule holds in its own domain only', () => {
  for (const { name, spec, domain: folder } of LIBRARY) {
    const domain = folder || BESIDE[name];
    const systems = OTHER_ENTITIES.filter(
      one => one.kind === 'System' && one.spec.domain === domain,
    ).map(one => one.metadata.name);
    const about = JSON.stringify(spec.appliesTo ?? {});
    const named = [...about.matchAll(/"spec\.system":("[^"]+"|\{[^}]+\})/g)]
      .flatMap(([, value]) => [
        ...value.matchAll(/"(?:system:default\/)?([a-z][a-z-]+)"/g),
      ])
      .map(([, system]) => system);
    expect({
      name,
      others: named.filter(one => !systems.includes(one)),
    }).toEqual({ name, others: [] });
  }
});

it('everybody in a role exists, and everybody who is escalated to', () => {
  const groups = new Set(
    OTHER_ENTITIES.filter(one => one.kind === 'Group').map(
      one => `group:default/${one.metadata.name}`,
    ),
  );
  for (const { name, spec } of LIBRARY) {
    const refs = [
      spec.owner,
      ...(spec.document?.approvers ?? []),
      ...Object.values(spec.roles ?? {}).flatMap(role => role.potentialOwners),
      ...allSteps(spec.steps).flatMap(step =>
        'deadline' in step
          ? (step.deadline?.escalations ?? []).flatMap(({ to }) => to)
          : [],
      ),
    ].filter(ref => ref.startsWith('group:'));
    expect({ name, unknown: refs.filter(ref => !groups.has(ref)) }).toEqual({
      name,
      unknown: [],
    });
  }
});
