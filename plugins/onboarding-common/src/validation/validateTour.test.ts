import { formatProblem } from '@handrail/plugin-sop-common';
import fc from 'fast-check';
import { validateTour } from '.';

function tour(spec: object = {}, more: object = {}): object {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'Tour',
    metadata: { name: 'look', title: 'Look around' },
    spec: {
      owner: 'group:default/ops',
      version: 1,
      steps: [step()],
      ...spec,
    },
    ...more,
  };
}

function step(more: object = {}): object {
  return { id: 'one', title: 'One', body: 'First', ...more };
}

const steps = (...list: object[]) => tour({ steps: list });

describe('validateTour', () => {
  it.each([
    ['the least', tour()],
    ['a group without its kind as owner', tour({ owner: 'ops' })],
    ['an audience', tour({ audience: { groups: ['group:default/new'] } })],
    [
      'everything',
      steps(
        step({
          target: 'nav.catalog',
          page: '/catalog?filters[kind]=sop',
          hint: 'Choose one',
          advanceOn: 'click',
          fallback: 'Open the catalog from the menu',
        }),
        step({ id: 'two', page: '/' }),
      ),
    ],
    [
      'Markdown',
      steps(step({ body: '**Bold**, `a < b`, [docs](/docs), 3 < 4 & 5' })),
    ],
  ])('takes %s', (_name, document) => {
    expect(validateTour(document).map(formatProblem)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['no object', 7, 'document: found 7; allowed: object (must be object)'],
    [
      'another version of the format',
      tour({}, { apiVersion: 'handrail.dev/v2' }),
      'apiVersion: found "handrail.dev/v2"; allowed: handrail.dev/v1alpha1',
    ],
    ['no steps', tour({ steps: [] }), 'spec.steps: found a list of 0'],
    [
      'a misspelt property',
      steps(step({ targets: 'nav.home' })),
      'spec.steps[0].targets: found "targets"; allowed: id, title, body, target',
    ],
    [
      'a version of zero',
      tour({ version: 0 }),
      'spec.version: found 0; allowed: >= 1',
    ],
    [
      'a selector for a target',
      steps(step({ target: '#root > a' })),
      'spec.steps[0].target: found "#root > a"; allowed: text that matches',
    ],
    [
      'a target that could leave its quotes',
      steps(step({ target: 'a"] *' })),
      'spec.steps[0].target: found',
    ],
    [
      'a page elsewhere',
      steps(step({ page: 'https://example.org' })),
      'spec.steps[0].page: found "https://example.org"',
    ],
    [
      'a page on another host by its path',
      steps(step({ page: '//example.org' })),
      'spec.steps[0].page: found "//example.org"',
    ],
    [
      'a step that is used without a target',
      steps(step({ advanceOn: 'click' })),
      'spec.steps[0].target: found nothing; allowed: the stable id of the element that is used (is required with advanceOn: click)',
    ],
    [
      'a fallback without a target',
      steps(step({ fallback: 'Look' })),
      'spec.steps[0].fallback: found "Look"',
    ],
    [
      'two steps with one id',
      steps(step(), step({ title: 'Two' })),
      'spec.steps[1].id: found "one"; allowed: an id of its own',
    ],
    [
      'HTML in a body',
      steps(step({ body: 'Look <img src=x onerror=alert(1)>' })),
      'spec.steps[0].body: found "<img src=x onerror=alert(1)>"; allowed: Markdown without HTML (HTML is not allowed)',
    ],
    [
      'HTML in a title',
      steps(step({ title: '<b>One</b>' })),
      'spec.steps[0].title: found "<b>One</b>"; allowed: plain text',
    ],
    [
      'HTML in the title of the tour',
      tour({}, { metadata: { name: 'a', title: '<i>a</i>' } }),
      'metadata.title: found "<i>a</i>"',
    ],
    [
      'HTML in a hint',
      steps(step({ hint: '</div>' })),
      'spec.steps[0].hint: found "</div>"',
    ],
    [
      'HTML hidden as entities',
      steps(step({ body: '&#60;script&#62;' })),
      'spec.steps[0].body: found "&#60;script&#62;"',
    ],
    [
      'a script as a link',
      steps(step({ body: '[go](javascript:alert(1))' })),
      'spec.steps[0].body: found "javascript:alert(1"; allowed: a path from /',
    ],
    [
      'an image',
      steps(step({ body: '![x](https://example.org/x.png)' })),
      'spec.steps[0].body: found "https://example.org/x.png"; allowed: text, emphasis',
    ],
    [
      'an owner of the wrong kind',
      tour({ owner: 'component:default/x' }),
      'spec.owner: found "component:default/x"; allowed: the entity ref of a group or user',
    ],
    [
      'an audience of people',
      tour({ audience: { groups: ['user:default/ana'] } }),
      'spec.audience.groups[0]: found "user:default/ana"; allowed: the entity ref of a group in full',
    ],
    [
      'an audience that is not in full',
      tour({ audience: { groups: ['new'] } }),
      'spec.audience.groups[0]: found "new"',
    ],
  ])('refuses %s', (_name, document, expected) => {
    const problems = validateTour(document).map(formatProblem);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  it('names every problem at once', () => {
    expect(
      validateTour(
        steps(step({ title: '<p>' }), step({ advanceOn: 'click' })),
      ).map(one => one.path),
    ).toEqual([
      'spec.steps[0].title',
      'spec.steps[1].id',
      'spec.steps[1].target',
    ]);
  });

  it('never throws and never lets a tag through', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        expect(Array.isArray(validateTour(value))).toBe(true);
        expect(Array.isArray(validateTour(tour({ steps: [value] })))).toBe(
          true,
        );
      }),
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('a', 'script', '/b', '!--', 'IMG '),
        fc.string(),
        (before, tag, after) => {
          const body = `${before}<${tag}${after}`;
          expect(validateTour(steps(step({ body })))).not.toEqual([]);
        },
      ),
    );
  });
});
