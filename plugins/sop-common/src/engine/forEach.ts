import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { evaluateExpression, interpolate, renderText } from '../expression';
import { ForEachStep } from '../model/types';
import { Recorder } from './Recorder';
import { childLists, idsWithin } from './specIndex';
import { ForEachItem } from './types';

/** Greatest number of items of a `forEach` step. */
export const MAX_ITEMS = 500;
/** Greatest number of steps that the items of one `forEach` step come to. */
export const MAX_ITEM_STEPS = 2000;
/** Greatest size of all items of a step, in characters of their JSON. */
export const MAX_ITEMS_SIZE = 65_536;
const MAX_LABEL_LENGTH = 200;

/**
 * Takes the list of a step that has just begun.
 * @throws InputError when it is no list, or too long
 */
export function expandForEach(recorder: Recorder, step: ForEachStep): void {
  const context = recorder.context(step.id);
  const list = evaluateExpression(step.in, context);
  if (!Array.isArray(list)) {
    throw new InputError(
      `in: found ${describe(list)}; allowed: a list (${step.in})`,
    );
  }
  const perItem = idsWithin(childLists(step).map(one => one.steps)).length;
  const most = Math.min(MAX_ITEMS, Math.floor(MAX_ITEM_STEPS / perItem));
  if (list.length > most) {
    throw new InputError(
      `in: found a list of ${
        list.length
      }; allowed: at most ${most} items, with ${perItem} ${
        perItem === 1 ? 'step' : 'steps'
      } for each. Split the work into several runs`,
    );
  }
  const size = JSON.stringify(list).length;
  if (size > MAX_ITEMS_SIZE) {
    throw new InputError(
      `in: found ${size} characters; allowed: at most ${MAX_ITEMS_SIZE}. Let items be names or refs and look up the rest`,
    );
  }
  recorder.emit('forEach.expanded', {
    stepId: step.id,
    items: list.map((value, index) => {
      const inner = { ...context, [step.as]: value };
      const item: ForEachItem = {
        value,
        label: labelOf(step, value, index, inner),
      };
      if (step.owners !== undefined) {
        item.owners = ownersOf(interpolate(step.owners, inner), index);
      }
      return item;
    }),
  });
}

function labelOf(
  step: ForEachStep,
  value: JsonValue,
  index: number,
  context: Record<string, unknown>,
): string {
  let label: string;
  if (step.label !== undefined) {
    label = renderText(step.label, context).replace(/\s+/g, ' ').trim();
  } else {
    label = ['string', 'number'].includes(typeof value) ? String(value) : '';
  }
  return label.slice(0, MAX_LABEL_LENGTH) || String(index + 1);
}

function ownersOf(found: JsonValue, index: number): string[] {
  const refs = Array.isArray(found) ? found : [found];
  return refs.map(ref => {
    const canonical = typeof ref === 'string' ? canonicalRef(ref) : undefined;
    if (!canonical) {
      throw new InputError(
        `owners: found ${describe(ref)} for item ${
          index + 1
        }; allowed: the entity ref of a user or group, such as group:default/ops`,
      );
    }
    return canonical;
  });
}

function canonicalRef(text: string): string | undefined {
  try {
    const ref = stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
    return /^(user|group):/.test(ref) ? ref : undefined;
  } catch {
    return undefined;
  }
}

function describe(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
