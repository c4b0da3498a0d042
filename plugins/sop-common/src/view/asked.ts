import { expressionContext } from '../engine/context';
import { isHumanStep } from '../engine/people';
import { indexRun } from '../engine/specIndex';
import { RunState } from '../engine/types';
import { renderText } from '../expression';
import { SopSpec } from '../model/types';

/**
 * What a step asks of a person, in one sentence: the question of an approval or
 * a hand-off where it has one.
 * @public
 */
export function describeAsked(
  state: RunState,
  spec: SopSpec,
  stepId: string,
): string {
  const place = indexRun(state, spec).get(stepId);
  if (place?.step.type === 'action') {
    return `Did “${place.step.name}” take effect?`;
  }
  if (!place || !isHumanStep(place.step)) {
    return '';
  }
  const { step, compensates } = place;
  if ('question' in step && step.question) {
    return plainParagraph(
      renderText(step.question, expressionContext(state, spec, stepId)),
    );
  }
  switch (step.type) {
    case 'approval':
      return `Approve “${step.name}”?`;
    case 'handoff':
      return `Take over “${step.name}”`;
    case 'tour':
      return `Take the tour: ${step.name}`;
    default:
      return `${compensates ? 'Roll back' : 'Do'}: ${step.name}`;
  }
}

/**
 * The first paragraph of a Markdown text as one plain line: lists and
 * notifications have no room for the diff that follows it.
 */
function plainParagraph(markdown: string): string {
  const [paragraph] = markdown.trim().split(/\n\s*\n/);
  return paragraph
    .replace(/[*`]{1,3}([^*`]+)[*`]{1,3}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** When a vote needs a reason; nothing for other steps. @public */
export function reasonRule(
  state: RunState,
  spec: SopSpec,
  stepId: string,
): 'always' | 'on-reject' | 'optional' | undefined {
  const step = indexRun(state, spec).get(stepId)?.step;
  return step?.type === 'approval' ? step.reason ?? 'always' : undefined;
}
