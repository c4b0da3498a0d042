import { fromLocalField, toLocalField } from './dates';
import { DeclareLauncher } from './DeclareLauncher';
import { missingParts } from './refusal';
import { safeHref } from './safeHref';

describe('safeHref', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['http://a.example', 'http://a.example/'],
    [['java', 'script:alert(1)'].join(''), undefined],
    ['data:text/html,x', undefined],
    ['/relative', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (url, expected) => {
    expect(safeHref(url)).toBe(expected);
  });
});

describe('missingParts', () => {
  it.each([
    [{ body: { error: { missing: ['a', 1, 'b'] } } }, ['a', 'b']],
    [{ body: { error: { missing: 'a' } } }, []],
    [{ body: {} }, []],
    [new Error('x'), []],
    [null, []],
    [undefined, []],
  ])('reads %j', (error, expected) => {
    expect(missingParts(error)).toEqual(expected);
  });
});

describe('local date fields', () => {
  it('say the same instant in both directions, to the minute', () => {
    const at = '2026-03-04T05:06:00.000Z';
    expect(fromLocalField(toLocalField(at))).toBe(at);
  });

  it('are empty without an instant, and nothing when they are nonsense', () => {
    expect(toLocalField(undefined)).toBe('');
    expect(fromLocalField('')).toBeUndefined();
    expect(fromLocalField('yesterday')).toBeUndefined();
  });
});

describe('DeclareLauncher', () => {
  it('tells everybody who listens until they stop', () => {
    const launcher = new DeclareLauncher();
    const heard = jest.fn();
    const stop = launcher.onOpen(heard);
    launcher.open({ entityRef: 'component:default/a' });
    stop();
    launcher.open();
    expect(heard.mock.calls).toEqual([[{ entityRef: 'component:default/a' }]]);
  });
});
