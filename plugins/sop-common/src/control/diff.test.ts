import fc from 'fast-check';
import { SopSpec, SopStep } from '../model/types';
import { diffSpecs } from './diff';

const manual = (id: string, more: object = {}): SopStep =>
  ({ id, type: 'manual', name: `Step ${id}`, role: 'dev', ...more } as SopStep);

const spec = (steps: SopStep[], more: Partial<SopSpec> = {}): SopSpec => ({
  type: 'test',
  owner: 'group:default/ops',
  lifecycle: 'effective',
  steps,
  ...more,
});

describe('diffSpecs', () => {
  it('finds nothing in what is the same but for the order of keys', () => {
    const one = spec([manual('a', { if: 'true', instructions: 'x' })]);
    const other = spec([manual('a', { instructions: 'x', if: 'true' })]);
    expect(diffSpecs(one, other)).toEqual({ fields: [], steps: [] });
  });

  it('names steps that were added, removed, changed and moved', () => {
    const before = spec([
      manual('a'),
      manual('b'),
      manual('c', {
        evidence: [{ id: 'link', kind: 'url' }],
      }),
      manual('d'),
    ]);
    const after = spec([
      manual('d'),
      manual('a'),
      manual('c', {
        evidence: [
          { id: 'link', kind: 'url', required: true },
          { id: 'rows', kind: 'number' },
        ],
      }),
      manual('e'),
    ]);
    expect(
      diffSpecs(before, after).steps.map(({ id, change }) => [id, change]),
    ).toEqual([
      ['d', 'moved'],
      ['c', 'changed'],
      ['e', 'added'],
      ['b', 'removed'],
    ]);
    expect(
      diffSpecs(before, after).steps.find(({ id }) => id === 'c')?.fields,
    ).toEqual([
      { path: 'evidence.link.required', after: true },
      { path: 'evidence.rows', after: { id: 'rows', kind: 'number' } },
    ]);
  });

  it('compares steps in branches by themselves', () => {
    const branch = (steps: SopStep[]): SopStep => ({
      id: 'both',
      type: 'parallel',
      name: 'Both',
      branches: [
        { name: 'One', steps },
        { name: 'Two', steps: [manual('z')] },
      ],
    });
    const diff = diffSpecs(
      spec([branch([manual('a')])]),
      spec([branch([manual('a', { name: 'Renamed' }), manual('b')])]),
    );
    expect(diff.steps).toEqual([
      {
        id: 'a',
        name: 'Renamed',
        change: 'changed',
        within: 'both › One',
        fields: [{ path: 'name', before: 'Step a', after: 'Renamed' }],
      },
      expect.objectContaining({
        id: 'b',
        change: 'added',
        within: 'both › One',
      }),
    ]);
  });

  it('tells what changed outside of the steps', () => {
    const document = { number: 'SOP-1', revision: '1' };
    expect(
      diffSpecs(
        spec([manual('a')], { document }),
        spec([manual('a')], { document: { ...document, revision: '2' } }),
      ).fields,
    ).toEqual([{ path: 'document.revision', before: '1', after: '2' }]);
  });

  it('shows a compensation as the step it is', () => {
    const undo = { type: 'manual', name: 'Undo', role: 'dev' };
    expect(
      diffSpecs(
        spec([manual('a')]),
        spec([manual('a', { compensation: undo })]),
      ).steps,
    ).toEqual([
      expect.objectContaining({ id: 'compensate:a', change: 'added' }),
    ]);
  });

  it('names each difference of ids, and no more, in any two lists', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(ids, ids, (left, right) => {
        const { steps } = diffSpecs(
          spec(left.map(id => manual(id))),
          spec(right.map(id => manual(id))),
        );
        const of = (change: string) =>
          steps.filter(one => one.change === change).map(one => one.id);
        expect(of('added').sort()).toEqual(
          right.filter(id => !left.includes(id)).sort(),
        );
        expect(of('removed').sort()).toEqual(
          left.filter(id => !right.includes(id)).sort(),
        );
        // Without those that moved, the rest is in the same order.
        const stay = (list: string[]) =>
          list.filter(
            id =>
              left.includes(id) &&
              right.includes(id) &&
              !of('moved').includes(id),
          );
        expect(stay(left)).toEqual(stay(right));
        expect(of('changed')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
