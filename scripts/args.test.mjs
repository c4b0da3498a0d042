import assert from 'node:assert/strict';
import test from 'node:test';
import { parseLintArgs, parseTestArgs, UsageError } from './lib/args.mjs';

test('no argument means every part', () => {
  assert.deepEqual(parseTestArgs([]), {
    parts: ['lint', 'unit', 'e2e'],
    full: false,
  });
});

test('a part and --full come in any order, a repeated part counts once', () => {
  const expected = { parts: ['unit'], full: true };
  assert.deepEqual(parseTestArgs(['unit', '--full', 'unit']), expected);
  assert.deepEqual(parseTestArgs(['--full', 'unit']), expected);
});

test('an unknown argument is named with what is allowed', () => {
  assert.throws(
    () => parseTestArgs(['unti']),
    error => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /'unti'.*lint, unit, e2e, --full/);
      return true;
    },
  );
  assert.throws(() => parseTestArgs(['']), UsageError);
  assert.throws(() => parseLintArgs(['--fast']), /'--fast', allowed: --fix/);
});

test('lint takes --fix', () => {
  assert.deepEqual(parseLintArgs(['--fix']), { fix: true });
  assert.deepEqual(parseLintArgs([]), { fix: false });
});
