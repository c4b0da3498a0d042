import { Procedure, Step, Violation } from './types';

/** A step and where it stands. */
export interface Place {
  step: Step;
  list: Step[];
  position: number;
}

/** A procedure's steps by id, in document order, what undoes them last. */
export type Outline = Map<string, Place>;

const BASE = [
  'id',
  'type',
  'name',
  'if',
  'instructions',
  'compensation',
  'tags',
];
const PEOPLE = [...BASE, 'role', 'excludedOwners'];
const AUTOMATION = [...BASE, 'action', 'input', 'timeout', 'retry'];

/** Fields this program has rules for. Any other one might be a rule it would miss. */
const STEP_FIELDS: Record<string, string[]> = {
  manual: [...PEOPLE, 'evidence', 'assert'],
  approval: [...PEOPLE, 'question', 'quorum', 'veto', 'reason', 'onReject'],
  handoff: [...PEOPLE, 'question', 'onReturn'],
  tour: [...PEOPLE, 'tour'],
  wait: [...BASE, 'duration', 'until', 'untilTime', 'timezone'],
  check: [...AUTOMATION, 'expect', 'message'],
  action: AUTOMATION,
  parallel: [...BASE, 'branches', 'join'],
  switch: [...BASE, 'cases', 'default'],
};

const PROCEDURE_FIELDS = [
  'type',
  'owner',
  'lifecycle',
  'system',
  'document',
  'appliesTo',
  'inputs',
  'runTitle',
  'roles',
  // When runs start says nothing about what happens in them.
  'schedule',
  'steps',
  'onFailure',
];

const ROLE_FIELDS = ['title', 'description', 'potentialOwners'];

function assertKnown(value: object, fields: string[], path: string): void {
  const unknown = Object.keys(value).find(key => !fields.includes(key));
  if (unknown !== undefined) {
    throw new Violation(
      'unknown-rule',
      1,
      `The procedure has ${path}.${unknown}, which this version of the verifier has no rule for; use a newer one`,
    );
  }
}

/** The lists of steps inside a step, with what tells them apart. */
export function children(
  step: Step,
): Array<{ key: number | string; steps: Step[] }> {
  if (step.type === 'parallel') {
    return step.branches.map((one: any, key: number) => ({
      key,
      steps: one.steps,
    }));
  }
  if (step.type === 'switch') {
    const lists = step.cases.map((one: any, key: number) => ({
      key,
      steps: one.steps,
    }));
    return step.default
      ? [...lists, { key: 'default', steps: step.default.steps }]
      : lists;
  }
  return [];
}

/** Ids of all steps in the lists, those inside others included. */
export function idsIn(lists: Step[][]): string[] {
  return lists.flatMap(list =>
    list.flatMap(step => [
      step.id,
      ...idsIn(children(step).map(child => child.steps)),
    ]),
  );
}

export const undoId = (stepId: string) => `compensate:${stepId}`;

const known = new WeakMap<Procedure, Outline>();

/**
 * Reads a procedure, once for all its runs.
 * @throws Violation when it has a field this program does not know
 */
export function outline(procedure: Procedure): Outline {
  const places = known.get(procedure) ?? read(procedure);
  known.set(procedure, places);
  return places;
}

function read(procedure: Procedure): Outline {
  assertKnown(procedure, PROCEDURE_FIELDS, 'spec');
  for (const [name, role] of Object.entries(procedure.roles ?? {})) {
    assertKnown(role, ROLE_FIELDS, `spec.roles.${name}`);
  }
  const places: Outline = new Map();
  const add = (list: Step[]): void =>
    list.forEach((step, position) => {
      const fields = STEP_FIELDS[step.type];
      if (!fields) {
        throw new Violation(
          'unknown-rule',
          1,
          `Step "${step.id}" is of the type ${step.type}, which this version of the verifier does not know; use a newer one`,
        );
      }
      assertKnown(step, fields, `step "${step.id}"`);
      places.set(step.id, { step, list, position });
      children(step).forEach(child => add(child.steps));
    });
  add(procedure.steps);
  for (const { step } of [...places.values()]) {
    if (step.compensation) {
      const undo = { ...step.compensation, id: undoId(step.id) } as Step;
      assertKnown(
        undo,
        STEP_FIELDS[undo.type] ?? [],
        `the compensation of "${step.id}"`,
      );
      places.set(undo.id, { step: undo, list: [undo], position: 0 });
    }
  }
  return places;
}
