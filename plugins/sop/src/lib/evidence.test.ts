import type { EvidenceFieldView } from '@handrail/plugin-sop-common';
import { evidenceIssues, evidenceValues } from './evidence';

const field = (
  changes: Partial<EvidenceFieldView> & Pick<EvidenceFieldView, 'kind'>,
): EvidenceFieldView[] => [{ id: 'f', ...changes }];

describe('evidenceIssues', () => {
  it.each([
    [
      'a missing value',
      field({ kind: 'text', required: true }),
      '',
      'required',
    ],
    ['blanks only', field({ kind: 'text', required: true }), '  ', 'required'],
    ['words for a number', field({ kind: 'number' }), 'many', 'number'],
    ['a fraction', field({ kind: 'number', integer: true }), '1.5', 'integer'],
    ['too little', field({ kind: 'number', minimum: 0 }), '-1', 'minimum'],
    ['too much', field({ kind: 'number', maximum: 100 }), '101', 'maximum'],
    ['another protocol', field({ kind: 'url' }), 'ftp://example.org', 'url'],
    [
      'part of a pattern',
      field({ kind: 'text', pattern: 'v1' }),
      'v12',
      'pattern',
    ],
    ['a long text', field({ kind: 'text', maxLength: 3 }), 'abcd', 'maxLength'],
    [
      'an open attestation',
      field({ kind: 'boolean', mustBeTrue: true }),
      false,
      'mustBeTrue',
    ],
    [
      'an unanswered question',
      field({ kind: 'boolean', required: true }),
      undefined,
      'required',
    ],
  ])('refuses %s', (_name, fields, value, code) => {
    expect(evidenceIssues(fields, { f: value }).f?.code).toBe(code);
  });

  it.each([
    ['nothing where nothing is required', field({ kind: 'text' }), ''],
    ['a number', field({ kind: 'number', minimum: 0, maximum: 9 }), ' 9 '],
    ['an address', field({ kind: 'url' }), 'https://example.org/x'],
    ['the whole pattern', field({ kind: 'text', pattern: 'a|b' }), 'b'],
    ['no as an answer', field({ kind: 'boolean', required: true }), false],
  ])('takes %s', (_name, fields, value) => {
    expect(evidenceIssues(fields, { f: value })).toEqual({});
  });
});

describe('evidenceValues', () => {
  it('types values, leaves out empty ones and keeps the blanks of scripts', () => {
    const fields: EvidenceFieldView[] = [
      { id: 'n', kind: 'number' },
      { id: 't', kind: 'text' },
      { id: 's', kind: 'text', multiline: true },
      { id: 'b', kind: 'boolean' },
      { id: 'e', kind: 'url' },
    ];
    expect(
      evidenceValues(fields, {
        n: '12',
        t: ' x ',
        s: '  a\n',
        b: false,
        e: '',
      }),
    ).toEqual({ n: 12, t: 'x', s: '  a\n', b: false });
  });
});
