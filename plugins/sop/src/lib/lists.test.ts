import type { Entity } from '@backstage/catalog-model';
import { sampleProcedure } from '../__testUtils__/samples';
import { byDeadline } from './byDeadline';
import { readableDuration } from './isoDuration';
import { inputErrors, pathParts, problemsBelow } from './problems';
import { purposeOf, specOf, startPermit, statusErrors } from './procedure';
import { mergeStable, StableItem } from './stableList';

describe('mergeStable', () => {
  const key = (item: { id: string }) => item.id;
  const shown: StableItem<{ id: string; v: number }>[] = [
    { item: { id: 'a', v: 1 }, gone: false },
    { item: { id: 'b', v: 1 }, gone: false },
  ];
  const fresh = [
    { id: 'new', v: 1 },
    { id: 'b', v: 2 },
  ];

  it('shows fresh items while nobody is in the list', () => {
    expect(mergeStable(shown, fresh, key, false)).toEqual({
      shown: fresh.map(item => ({ item, gone: false })),
      held: 0,
    });
  });

  it('replaces in place, marks what left and counts what is new', () => {
    expect(mergeStable(shown, fresh, key, true)).toEqual({
      shown: [
        { item: { id: 'a', v: 1 }, gone: true },
        { item: { id: 'b', v: 2 }, gone: false },
      ],
      held: 1,
    });
  });

  it('never holds back the first items', () => {
    expect(mergeStable([], fresh, key, true).shown).toHaveLength(2);
  });
});

describe('byDeadline', () => {
  it('puts the nearest deadline first and tasks without one last', () => {
    const tasks = [
      { since: '2026-01-02', dueAt: undefined },
      { since: '2026-01-01', dueAt: undefined },
      { since: '2026-01-03', dueAt: '2026-03-01' },
      { since: '2026-01-04', dueAt: '2026-02-01' },
    ];
    expect([...tasks].sort(byDeadline).map(task => task.since)).toEqual([
      '2026-01-04',
      '2026-01-03',
      '2026-01-01',
      '2026-01-02',
    ]);
  });
});

describe('problems', () => {
  it.each([
    ['inputs.ticket', ['inputs', 'ticket']],
    ['inputs.items[0].name', ['inputs', 'items', '0', 'name']],
    ['/inputs/a', ['inputs', 'a']],
    ['', []],
  ])('reads the path %p', (path, parts) => {
    expect(pathParts(path)).toEqual(parts);
  });

  it('sorts problems by field and keeps the others', () => {
    expect(
      problemsBelow('evidence', [
        { path: 'evidence.rows', message: 'too few' },
        { path: 'evidence', message: 'they differ' },
        { path: 'reason', message: 'missing' },
      ]),
    ).toEqual({
      fields: { rows: 'too few' },
      rest: [
        { path: 'evidence', message: 'they differ' },
        { path: 'reason', message: 'missing' },
      ],
    });
  });

  it('nests the problems of inputs as the form wants them', () => {
    expect(
      inputErrors([
        { path: 'inputs.items[0].name', message: 'empty' },
        { path: 'inputs.items[0].name', message: 'odd' },
        { path: 'targetRef', message: 'unknown' },
      ]),
    ).toEqual({ items: { 0: { name: { __errors: ['empty', 'odd'] } } } });
  });
});

describe('procedures', () => {
  const lifecycles = { superseded: 'newer', retired: 'gone' };

  it('may be started unless they are over', () => {
    expect(startPermit('effective', lifecycles)).toEqual({ allowed: true });
    expect(startPermit(undefined, lifecycles)).toEqual({ allowed: true });
    expect(startPermit('retired', lifecycles)).toEqual({
      allowed: false,
      reason: 'gone',
    });
  });

  it('are read even when the entity only claims to be one', () => {
    const entity: Entity = {
      apiVersion: 'x',
      kind: 'SOP',
      metadata: { name: 'x' },
      spec: { steps: 'none' },
    };
    expect(specOf(entity).steps).toEqual([]);
    expect(statusErrors(entity)).toEqual([]);
    expect(purposeOf(entity.metadata.description)).toBe('');
  });

  it('have a purpose in one line, without marks', () => {
    const entity = sampleProcedure();
    entity.metadata.description = 'How **it**\nis done.\n\n- More\n';
    expect(purposeOf(entity.metadata.description)).toBe('How it is done.');
  });
});

describe('small helpers', () => {
  it('puts durations in words and leaves nonsense as it is', () => {
    expect(readableDuration('P3M')).toBe('3 months');
    expect(readableDuration('soon')).toBe('soon');
  });
});
