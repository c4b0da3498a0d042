import { SopStep } from '@handrail/plugin-sop-common';
import {
  allSteps,
  LIBRARY,
  LibraryEntry,
  OTHER_ENTITIES,
  procedureNamed,
} from './__testUtils__/library';
import { play } from './__testUtils__/plans';

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
