import { JsonValue } from '@backstage/types';
import { IndexedStep, indexSpec } from '../engine/specIndex';
import { SopSpec, SopStep } from '../model/types';

/** A field that differs; `before` or `after` is absent where there is none. @public */
export interface FieldChange {
  /** Path below the step or the spec, such as `evidence.link.required`. */
  path: string;
  before?: JsonValue;
  after?: JsonValue;
}

/** What became of a step. @public */
export interface StepChange {
  id: string;
  name: string;
  /** `moved`: its place changed, and perhaps fields as well. */
  change: 'added' | 'removed' | 'changed' | 'moved';
  /** Where it stands now, or stood: the step and branch around it. */
  within?: string;
  fields: FieldChange[];
}

/** What is different between two revisions. @public */
export interface SpecDiff {
  /** In the document outside its steps. */
  fields: FieldChange[];
  /** In the order of the newer revision; removed ones last. */
  steps: StepChange[];
}

/** Compares two revisions step by step. @public */
export function diffSpecs(before: SopSpec, after: SopSpec): SpecDiff {
  const { steps: _old, ...oldHead } = before;
  const { steps: _new, ...newHead } = after;
  const oldSteps = indexSpec(before);
  const newSteps = indexSpec(after);
  const kept = keptInPlace(
    topOrder(oldSteps).filter(id => newSteps.has(id)),
    topOrder(newSteps).filter(id => oldSteps.has(id)),
  );
  const steps: StepChange[] = [];
  for (const [id, place] of newSteps) {
    const old = oldSteps.get(id);
    const fields = diffFields(
      old ? ownFields(old.step) : undefined,
      ownFields(place.step),
    );
    const moved =
      old !== undefined && (within(old) !== within(place) || !kept.has(id));
    if (!old) {
      steps.push(describe(place, 'added', fields));
    } else if (moved) {
      steps.push(describe(place, 'moved', fields));
    } else if (fields.length > 0) {
      steps.push(describe(place, 'changed', fields));
    }
  }
  for (const [id, place] of oldSteps) {
    if (!newSteps.has(id)) {
      steps.push(
        describe(
          place,
          'removed',
          diffFields(ownFields(place.step), undefined),
        ),
      );
    }
  }
  return {
    fields: diffFields(
      oldHead as unknown as JsonValue,
      newHead as unknown as JsonValue,
    ),
    steps,
  };
}

function describe(
  place: IndexedStep,
  change: StepChange['change'],
  fields: FieldChange[],
): StepChange {
  const around = within(place);
  return {
    id: place.step.id,
    name: place.step.name,
    change,
    ...(around ? { within: around } : {}),
    fields,
  };
}

function within(place: IndexedStep): string | undefined {
  return place.parentId && [place.parentId, place.branch].join(' › ');
}

/** Compensations come last in an index and have no place of their own. */
function topOrder(index: Map<string, IndexedStep>): string[] {
  return [...index.values()].map(({ step }) => step.id);
}

/** A step without the steps inside it, which are compared by themselves. */
function ownFields(step: SopStep): JsonValue {
  return strip(step as unknown as JsonValue) as JsonValue;
}

function strip(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(strip);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'steps' && key !== 'compensation')
      .map(([key, one]) => [key, strip(one as JsonValue)]),
  );
}

/**
 * The ids that kept their order: a longest common subsequence of both orders,
 * so that one step that moved does not make all others look moved.
 */
function keptInPlace(before: string[], after: string[]): Set<string> {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i][j] =
        before[i] === after[j]
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const kept = new Set<string>();
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i] === after[j]) {
      kept.add(before[i]);
      i += 1;
      j += 1;
    } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return kept;
}

/** Leaves that differ. Lists of things with an `id` are compared by it. */
function diffFields(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = '',
): FieldChange[] {
  if (same(before, after)) {
    return [];
  }
  const left = asRecord(before);
  const right = asRecord(after);
  if (left && right) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap(
      key => diffFields(left[key], right[key], path ? `${path}.${key}` : key),
    );
  }
  const whole = left ?? right;
  if (path === '' && whole) {
    return diffFields(left ?? {}, right ?? {}, path);
  }
  return [
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

function asRecord(
  value: JsonValue | undefined,
): Record<string, JsonValue | undefined> | undefined {
  if (Array.isArray(value)) {
    const ids = value.map(one =>
      typeof one === 'object' && one !== null && !Array.isArray(one)
        ? one.id
        : undefined,
    );
    return value.length > 0 && ids.every(id => typeof id === 'string')
      ? Object.fromEntries(value.map((one, i) => [ids[i] as string, one]))
      : undefined;
  }
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** Equal as JSON, whatever the order of keys. */
function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) {
    return value.map(one => sorted(one) as JsonValue);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one) as JsonValue]),
  );
}
