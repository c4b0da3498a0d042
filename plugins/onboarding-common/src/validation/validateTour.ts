import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { SopProblem } from '@handrail/plugin-sop-common';
import { TourEntity, TourStep } from '../model/types';
import { describeFound, findShapeProblems } from './shape';

/** One thing that is wrong with a tour: where, what, what is allowed. @public */
export type TourProblem = SopProblem;

/** What begins like a tag, a comment, a closing tag or an entity. */
const HTML = /<[a-z!/?]|&(#\d+|#x[0-9a-f]+|[a-z]+);/i;
const MARKDOWN_LINK = /(!?)\[[^\]]*\]\(\s*([^)\s]*)/g;

/**
 * Everything that is wrong with a document that says it is a tour; nothing when
 * it can be shown. Never throws.
 * @public
 */
export function validateTour(entity: unknown): TourProblem[] {
  const shape = findShapeProblems(entity);
  if (shape.length > 0) {
    return shape;
  }
  const { spec, metadata } = entity as TourEntity;
  const steps = spec.steps as TourStep[];
  return [
    ...(metadata.title
      ? textProblems('metadata.title', metadata.title, 'plain')
      : []),
    ...refProblems('spec.owner', spec.owner, ['group', 'user'], 'short'),
    ...(spec.audience?.groups ?? []).flatMap((ref, index) =>
      refProblems(`spec.audience.groups[${index}]`, ref, ['group'], 'full'),
    ),
    ...steps.flatMap((step, index) =>
      stepProblems(step, `spec.steps[${index}]`, steps.slice(0, index)),
    ),
  ];
}

function stepProblems(
  step: TourStep,
  path: string,
  earlier: TourStep[],
): TourProblem[] {
  const problems: TourProblem[] = [
    ...textProblems(`${path}.title`, step.title, 'plain'),
    ...textProblems(`${path}.body`, step.body, 'markdown'),
    ...(step.hint ? textProblems(`${path}.hint`, step.hint, 'plain') : []),
    ...(step.fallback
      ? textProblems(`${path}.fallback`, step.fallback, 'plain')
      : []),
  ];
  if (earlier.some(one => one.id === step.id)) {
    problems.push({
      path: `${path}.id`,
      message: 'another step has this id',
      found: describeFound(step.id),
      allowed: 'an id of its own',
    });
  }
  if (step.advanceOn && !step.target) {
    problems.push({
      path: `${path}.target`,
      message: `is required with advanceOn: ${step.advanceOn}`,
      found: 'nothing',
      allowed: 'the stable id of the element that is used',
    });
  }
  if (step.fallback && !step.target) {
    problems.push({
      path: `${path}.fallback`,
      message: 'is about a target, and the step has none',
      found: describeFound(step.fallback),
      allowed: 'nothing, or a target beside it',
    });
  }
  return problems;
}

function textProblems(
  path: string,
  text: string,
  form: 'plain' | 'markdown',
): TourProblem[] {
  const html = HTML.exec(text);
  if (html) {
    return [
      {
        path,
        message: 'HTML is not allowed',
        found: describeFound(text.slice(html.index, html.index + 40)),
        allowed: form === 'plain' ? 'plain text' : 'Markdown without HTML',
      },
    ];
  }
  if (form === 'plain') {
    return [];
  }
  return [...text.matchAll(MARKDOWN_LINK)].flatMap(([, image, target]) => {
    if (image) {
      return [
        {
          path,
          message: 'images are not allowed',
          found: describeFound(target),
          allowed: 'text, emphasis, lists, code and links',
        },
      ];
    }
    return /^(\/(?![/\\])|https:\/\/)/.test(target)
      ? []
      : [
          {
            path,
            message: 'a link leads somewhere it may not',
            found: describeFound(target),
            allowed: 'a path from / or an address that begins with https://',
          },
        ];
  });
}

function refProblems(
  path: string,
  ref: string,
  kinds: string[],
  form: 'short' | 'full',
): TourProblem[] {
  const allowed = `the entity ref of a ${kinds.join(' or ')}${
    form === 'full' ? ' in full and in lower case' : ''
  }, such as ${kinds[0]}:default/name`;
  const found = describeFound(ref);
  try {
    const parsed = parseEntityRef(ref, { defaultKind: kinds[0] });
    const canonical = stringifyEntityRef(parsed);
    if (!/^[a-z]+:[a-z0-9-]+\/[a-z0-9][a-z0-9_.-]*$/.test(canonical)) {
      return [{ path, message: 'is not an entity ref', found, allowed }];
    }
    if (!kinds.includes(canonical.split(':')[0])) {
      return [{ path, message: 'is of the wrong kind', found, allowed }];
    }
    return form === 'full' && canonical !== ref
      ? [{ path, message: 'is not in full', found, allowed }]
      : [];
  } catch {
    return [{ path, message: 'is not an entity ref', found, allowed }];
  }
}
