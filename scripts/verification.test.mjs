import assert from 'node:assert/strict';
import test from 'node:test';
import { insertSection, renderSection } from './lib/verification.mjs';

const section = renderSection({
  date: '2026-01-02 03:04 UTC',
  machine: [['Cores', '2']],
  results: [
    { name: 'unit', passed: 10, failed: 1, skipped: 2, seconds: 30 },
    { name: 'journeys', passed: 5, failed: 0, skipped: 0, seconds: 12 },
  ],
});

test('a section holds the machine, each part and the sum', () => {
  assert.match(section, /^## 2026-01-02 03:04 UTC\n/);
  assert.match(section, /\| Cores \| 2 \|/);
  assert.match(section, /\| unit \| 10 \| 1 \| 2 \| 30 s \|/);
  assert.match(section, /\| all \| 15 \| 1 \| 2 \| 42 s \|/);
});

test('the newest section comes first and the older ones stay', () => {
  const once = insertSection('# Title\n\nText.\n', '## older\n\nrow\n');
  assert.equal(once, '# Title\n\nText.\n\n## older\n\nrow\n');
  assert.equal(
    insertSection(once, '## newer\n\nrow\n'),
    '# Title\n\nText.\n\n## newer\n\nrow\n\n## older\n\nrow\n',
  );
});
