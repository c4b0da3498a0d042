import { chainEvents, genesisHash, hashRow, toRow } from '..';

const [event] = chainEvents(genesisHash({ id: 'a' }), [
  {
    seq: 1,
    type: 'made',
    at: '2026-03-01T09:30:00.000Z',
    actor: 'user:default/ana',
    data: { b: 1, a: ['x'] },
  },
]);

it('hashes a row as its event was hashed', () => {
  expect(hashRow(toRow(event))).toBe(event.hash);
});

it.each([
  ['data', '{"a":["x"],"b":2}'],
  ['data', '{"a": ["x"],"b":1}'],
  ['data', '{"b":1,"a":["x"]}'],
  ['seq', 2],
  ['type', 'made '],
  ['at', '2026-03-01T09:30:00.001Z'],
  ['actor', null],
  ['prev_hash', event.hash],
])('gives another hash when %s is %p', (column, value) => {
  expect(hashRow({ ...toRow(event), [column]: value })).not.toBe(event.hash);
});
