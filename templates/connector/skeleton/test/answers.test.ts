import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseEntity, parsePage, parseSchema } from '../src/answers.ts';

const entity = {
  id: 'task-1',
  type: 'task',
  updatedAt: '2026-01-01T00:00:00Z',
  properties: { title: 'A' },
  links: [{ kind: 'project', to: 'project-1' }],
};

describe('answers', () => {
  it('reads an entity', () => {
    assert.deepEqual(parseEntity(entity), {
      id: 'task-1',
      type: 'task',
      updatedAt: '2026-01-01T00:00:00Z',
      properties: [{ name: 'title', value: 'A' }],
      relations: [{ kind: 'project', from: 'task-1', to: 'project-1' }],
    });
  });

  for (const [path, broken] of [
    ['entity', null],
    ['entity', [entity]],
    ['entity.id', { ...entity, id: 7 }],
    ['entity.id', { ...entity, id: '' }],
    ['entity.updatedAt', { ...entity, updatedAt: 'yesterday' }],
    ['entity.type', { ...entity, type: undefined }],
    ['entity.properties', { ...entity, properties: [] }],
    ['entity.links', { ...entity, links: {} }],
    ['entity.links[0].to', { ...entity, links: [{ kind: 'project' }] }],
  ] as const) {
    it(`says that ${path} is wrong`, () => {
      assert.throws(
        () => parseEntity(broken),
        (error: Error) => error.message.startsWith(`${path}: found `),
      );
    });
  }

  it('says which entity of a page, and which property of a schema', () => {
    assert.throws(
      () => parsePage({ items: [entity, {}], next: null }),
      /^ConnectorError: items\[1\]\.updatedAt|items\[1\]\.id/,
    );
    assert.throws(
      () => parsePage({ items: [], next: 5 }),
      /next: found 5, allowed is a text/,
    );
    const properties = [{ name: 'a', type: 'blob' }];
    assert.throws(
      () => parseSchema({ version: '1', types: [{ type: 't', properties }] }),
      /types\[0\]\.properties\[0\]\.type: found "blob", allowed is string/,
    );
  });
});
