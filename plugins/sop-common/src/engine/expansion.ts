import {
  ForEachStep,
  ITEM_OWNER_ROLE,
  ParallelBranch,
  SopSpec,
  SopStep,
} from '../model/types';
import { keepTightening } from '../policy/tightenStep';
import { ForEachItem, RunState } from './types';

type Items = Record<string, ForEachItem[]>;

/** A `forEach` step whose items are known: one list of steps for each. */
export interface ExpandedForEachStep extends ForEachStep {
  expanded: ParallelBranch[];
}

export function isExpanded(step: SopStep): step is ExpandedForEachStep {
  return step.type === 'forEach' && 'expanded' in step;
}

const cache = new WeakMap<SopSpec, WeakMap<Items, SopSpec>>();

/** Id of a step for one item: `review[3].decide`. */
export function itemStepId(
  forEachId: string,
  item: number,
  stepId: string,
): string {
  return `${forEachId}[${item}].${stepId}`;
}

/**
 * The procedure as this run carries it out: in place of the steps of a `forEach`
 * step that has begun stand those of its items. The result is kept for as long
 * as the items live.
 */
export function specOfRun(
  { items }: Pick<RunState, 'items'>,
  spec: SopSpec,
): SopSpec {
  if (!items || Object.keys(items).length === 0) {
    return spec;
  }
  let known = cache.get(spec);
  if (!known) {
    known = new WeakMap();
    cache.set(spec, known);
  }
  let expanded = known.get(items);
  if (!expanded) {
    expanded = { ...spec, steps: expandList(spec.steps, items) };
    known.set(items, expanded);
  }
  return expanded;
}

function expandList(steps: SopStep[], items: Items): SopStep[] {
  return steps.map(step => expand(step, items));
}

function expand(step: SopStep, items: Items): SopStep {
  const list = items[step.id];
  if (step.type === 'forEach' && list) {
    const own = idsOf(step.steps);
    const names = uniqueNames(list.map(({ label }) => label));
    const expanded: ExpandedForEachStep = {
      ...step,
      expanded: list.map((_, item) => ({
        name: names[item],
        steps: step.steps.map(one =>
          forItem(one, { forEachId: step.id, item, name: names[item], own }),
        ),
      })),
    };
    return keepTightening(step, expanded);
  }
  return mapLists(step, one => expand(one, items));
}

function mapLists(step: SopStep, map: (step: SopStep) => SopStep): SopStep {
  return keepTightening(step, copyLists(step, map));
}

function copyLists(step: SopStep, map: (step: SopStep) => SopStep): SopStep {
  switch (step.type) {
    case 'parallel':
      return {
        ...step,
        branches: step.branches.map(one => ({
          ...one,
          steps: one.steps.map(map),
        })),
      };
    case 'switch':
      return {
        ...step,
        cases: step.cases.map(one => ({ ...one, steps: one.steps.map(map) })),
        ...(step.default
          ? {
              default: {
                ...step.default,
                steps: step.default.steps.map(map),
              },
            }
          : {}),
      };
    default:
      return step;
  }
}

function idsOf(steps: SopStep[]): Set<string> {
  const ids = new Set<string>();
  const add = (step: SopStep): SopStep => {
    ids.add(step.id);
    return mapLists(step, add);
  };
  steps.forEach(add);
  return ids;
}

interface ItemPlace {
  forEachId: string;
  item: number;
  name: string;
  /** Ids of the steps inside the `forEach` step. */
  own: Set<string>;
}

/** A step as it is for one item: what it says about its neighbours too. */
function forItem(step: SopStep, place: ItemPlace): SopStep {
  const { forEachId, item, name, own } = place;
  const idOf = (id: string) =>
    own.has(id) ? itemStepId(forEachId, item, id) : id;
  const excluded = (rules: string[]) =>
    rules.map(rule =>
      rule.startsWith('actor:') ? `actor:${idOf(rule.slice(6))}` : rule,
    );
  const roleOf = (role: string) =>
    role === ITEM_OWNER_ROLE ? itemOwnerRole(forEachId, item) : role;
  const { compensation } = step;
  const one = {
    ...mapLists(step, inner => forItem(inner, place)),
    id: idOf(step.id),
    name: `${step.name}: ${name}`,
    ...(compensation
      ? {
          compensation: {
            ...compensation,
            name: `${compensation.name}: ${name}`,
            ...('role' in compensation
              ? { role: roleOf(compensation.role) }
              : {}),
          },
        }
      : {}),
  } as SopStep;
  if ('role' in one) {
    one.role = roleOf(one.role);
    if (one.excludedOwners) {
      one.excludedOwners = excluded(one.excludedOwners);
    }
  }
  if (one.type === 'approval' && one.onReject) {
    one.onReject = { returnTo: idOf(one.onReject.returnTo) };
  }
  if (one.type === 'handoff' && one.onReturn) {
    one.onReturn = { returnTo: idOf(one.onReturn.returnTo) };
  }
  if (one.type === 'action' && one.inDoubt) {
    const { role, excludedOwners } = one.inDoubt;
    one.inDoubt = {
      role: roleOf(role),
      ...(excludedOwners ? { excludedOwners: excluded(excludedOwners) } : {}),
    };
  }
  return keepTightening(step, one);
}

/** The role `item-owner`, of one item. */
function itemOwnerRole(forEachId: string, item: number): string {
  return `${ITEM_OWNER_ROLE}:${forEachId}[${item}]`;
}

/** The item whose owners a role stands for, if it is such a role. */
export function itemOfRole(
  state: Pick<RunState, 'items'>,
  role: string,
): ForEachItem | undefined {
  const [, forEachId, item] = /^item-owner:(.+)\[(\d+)\]$/.exec(role) ?? [];
  return forEachId === undefined
    ? undefined
    : state.items?.[forEachId]?.[Number(item)];
}

/** Names of branches tell them apart. */
function uniqueNames(labels: string[]): string[] {
  const seen = new Map<string, number>();
  labels.forEach(label => seen.set(label, (seen.get(label) ?? 0) + 1));
  return labels.map((label, index) =>
    seen.get(label) === 1 ? label : `${label} (${index + 1})`,
  );
}
