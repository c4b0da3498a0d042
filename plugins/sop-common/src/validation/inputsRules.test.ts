import { Case, lines } from './__testUtils__/cases';
import { inputsWith } from './__testUtils__/documents';

describe('inputs', () => {
  it.each<Case>([
    [
      'inputs that are no object',
      s => {
        s.inputs = { type: 'array', items: {} };
      },
      'spec.inputs.type: found "array"; allowed: object (inputs are an object)',
    ],
    [
      'inputs without a type',
      s => {
        s.inputs = { properties: {} };
      },
      'spec.inputs.type: found nothing; allowed: object (inputs are an object)',
    ],
    [
      'a type that does not exist',
      s => {
        s.inputs = inputsWith({ type: 'strng' });
      },
      'spec.inputs.properties.one.type: found "strng"; allowed: array, boolean, integer, null, number, object, string (must be equal to one of the allowed values)',
    ],
    [
      'an unknown keyword',
      s => {
        s.inputs = inputsWith({ type: 'string', maxLenght: 3 });
      },
      'spec.inputs.properties.one.maxLenght: found "maxLenght"; allowed: keywords of JSON Schema (draft 7), and ui:… for the form (unknown keyword, did you mean "maxLength"?)',
    ],
    [
      'an unknown format',
      s => {
        s.inputs = inputsWith({ type: 'string', format: 'telephone' });
      },
      'spec.inputs.properties.one.format: found "telephone"; allowed: date, time, date-time, iso-time, iso-date-time, duration, uri, uri-reference, uri-template, url, email, hostname, ipv4, ipv6, regex, uuid, json-pointer, json-pointer-uri-fragment, relative-json-pointer, byte, int32, int64, float, double, password, binary (unknown format)',
    ],
    [
      'a bad pattern',
      s => {
        s.inputs = inputsWith({ type: 'string', pattern: '(' });
      },
      'spec.inputs.properties.one.pattern: found "("; allowed: a regular expression (cannot be read: Unterminated group)',
    ],
    [
      'a required name without property',
      s => {
        s.inputs = { ...inputsWith({}), required: ['on'] };
      },
      'spec.inputs.required[0]: found "on"; allowed: one (is not among the properties, did you mean "one"?)',
    ],
    [
      'a ref to another document',
      s => {
        s.inputs = inputsWith({ $ref: 'https://example.org/a.json' });
      },
      'spec.inputs.properties.one.$ref: found "https://example.org/a.json"; allowed: a pointer into these inputs, such as #/definitions/name (refers to another document)',
    ],
    [
      'a ref to nothing',
      s => {
        s.inputs = inputsWith({ $ref: '#/definitions/a' });
      },
      'spec.inputs.properties.one.$ref: found "#/definitions/a"; allowed: a pointer into these inputs, such as #/definitions/name (refers to nothing)',
    ],
    [
      'a ref to itself',
      s => {
        s.inputs = inputsWith({ $ref: '#' });
      },
      'spec.inputs.properties.one.$ref: found "#"; allowed: a schema that ends (cyclic: refers to a schema that it is part of)',
    ],
    [
      'two refs in a circle',
      s => {
        s.inputs = {
          ...inputsWith({ $ref: '#/definitions/a' }),
          definitions: {
            a: { items: { $ref: '#/definitions/b' } },
            b: { not: { $ref: '#/definitions/a' } },
          },
        };
      },
      'spec.inputs.definitions.b.not.$ref: found "#/definitions/a"; allowed: a schema that ends (cyclic: refers to a schema that it is part of)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});
