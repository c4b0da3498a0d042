import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PlatformNormalizer } from '../src/normalizer.ts';
import platform from '../src/platform.json' with { type: 'json' };

const normalizer = new PlatformNormalizer();

describe('the normaliser', () => {
  it('says the same of all platforms', () => {
    assert.deepEqual(
      normalizer.normalizeEntity({
        id: 'task-1',
        type: 'task',
        updatedAt: '2026-03-01T10:00:00+02:00',
        properties: [{ name: 'due_on', value: '2026-04-01' }],
        relations: [{ kind: 'assignee', from: 'task-1', to: 'member-1' }],
      }),
      {
        key: `${platform.name}:task:task-1`,
        kind: 'work-item',
        source: { platform: platform.name, type: 'task', id: 'task-1' },
        updatedAt: '2026-03-01T08:00:00.000Z',
        properties: [{ name: 'dueOn', value: '2026-04-01T00:00:00.000Z' }],
        relations: [{ kind: 'assigned-to', from: 'task-1', to: 'member-1' }],
      },
    );
  });

  for (const [name, expected] of [
    ['due_on', 'dueOn'],
    ['Due On', 'dueOn'],
    ['HTTP-status', 'httpStatus'],
    ['größe in cm', 'größeInCm'],
    ['_private', 'private'],
    ['toString', 'tostring'],
  ] as const) {
    it(`calls ${name} ${expected}`, () => {
      assert.equal(
        normalizer.normalizeProperty({ name, value: 1 }).name,
        expected,
      );
    });
  }

  for (const [value, expected] of [
    ['  text ', 'text'],
    ['2026-13-45', '2026-13-45'],
    ['2026', '2026'],
    [0, 0],
    [Number.NaN, null],
    [false, false],
    [null, null],
    [undefined, null],
    [['a', 1], '["a",1]'],
  ] as const) {
    it(`reads ${JSON.stringify(value)} as ${JSON.stringify(expected)}`, () => {
      assert.equal(
        normalizer.normalizeProperty({ name: 'a', value }).value,
        expected,
      );
    });
  }

  it('keeps what it does not know', () => {
    for (const type of ['epic', 'constructor', '__proto__']) {
      const { kind, source } = normalizer.normalizeEntity({
        id: '1',
        type,
        updatedAt: '2026-01-01',
        properties: [],
        relations: [],
      });
      assert.equal(kind, 'other');
      assert.equal(source.type, type);
    }
    const relation = { kind: 'constructor', from: 'a', to: 'b' };
    assert.equal(normalizer.normalizeRelation(relation).kind, 'related-to');
  });
});
