import { formatProblem, validateSop } from '.';
import { lines, caseStep } from './__testUtils__/cases';
import {
  Change,
  CHOOSE,
  HANDOVER,
  SOAK,
  TAG,
  validDocument,
} from './__testUtils__/documents';

it('accepts a document with every step type and evidence kind', () => {
  expect(validateSop(validDocument())).toEqual([]);
});

it('accepts what the catalog adds', () => {
  const entity = { ...validDocument(), relations: [], status: { items: [] } };
  expect(validateSop(entity)).toEqual([]);
});

describe('documents that are no document', () => {
  const cyclic: Record<string, unknown> = { kind: 'SOP' };
  cyclic.self = cyclic;

  it.each([
    [
      'null',
      null,
      [
        'document: found null; allowed: an object with apiVersion, kind, metadata, relations, status, spec (must be an object)',
      ],
    ],
    [
      'text',
      'SOP',
      [
        'document: found "SOP"; allowed: an object with apiVersion, kind, metadata, relations, status, spec (must be an object)',
      ],
    ],
    [
      'a list',
      [],
      [
        'document: found a list of 0; allowed: an object with apiVersion, kind, metadata, relations, status, spec (must be an object)',
      ],
    ],
    [
      'a value that contains itself',
      cyclic,
      [
        'document: allowed: at most 64 levels and 100000 values (the document is too deep or too large)',
      ],
    ],
  ])('%s', (_name, document, expected) => {
    expect(validateSop(document).map(formatProblem)).toEqual(expected);
  });
});

describe('accepts', () => {
  it.each<[string, Change]>([
    [
      'an owner in the short form of the catalog',
      s => {
        s.owner = 'ops';
        s.system = 'portal';
      },
    ],
    [
      'an owner who is a person',
      s => {
        s.owner = 'user:default/ana';
      },
    ],
    [
      'a document without the optional parts',
      s => {
        for (const key of [
          'system',
          'document',
          'appliesTo',
          'inputs',
          'runTitle',
          'onFailure',
        ]) {
          delete s[key];
        }
        s.steps = [{ id: 'only', type: 'wait', name: 'Wait', duration: 'P1D' }];
        delete s.roles;
      },
    ],
    [
      'the longest duration',
      s => {
        s.steps[SOAK].duration = 'P366D';
      },
    ],
    [
      'an instant that is filled in',
      s => {
        caseStep(s.steps[CHOOSE]).until = '${{ steps.tag.evidence.notes }}';
      },
    ],
    [
      'steps inside an earlier step',
      s => {
        s.steps[HANDOVER].question =
          '${{ steps.red.status }} ${{ steps.small.status }}';
      },
    ],
    [
      'step ids that need brackets',
      s => {
        s.steps[TAG].id = 'peer-review';
        s.steps = s.steps.slice(0, 2);
        s.steps[SOAK].if = "steps['peer-review'].evidence.done";
      },
    ],
    [
      'inputs that use one definition twice',
      s => {
        s.inputs = {
          type: 'object',
          properties: {
            a: { $ref: '#/definitions/d' },
            b: { $ref: '#/definitions/d' },
          },
          definitions: { d: { type: 'string' } },
        };
      },
    ],
    [
      'a predicate with operators',
      s => {
        s.appliesTo = {
          $any: [
            { kind: 'API' },
            { $not: { 'metadata.tags': { $contains: 'x' } } },
            {
              'spec.type': { $in: ['database'] },
              'metadata.name': { $hasPrefix: 'a' },
              'spec.owner': { $exists: true },
            },
          ],
        };
      },
    ],
  ])('%s', (_name, change) => {
    expect(lines(change)).toEqual([]);
  });
});
