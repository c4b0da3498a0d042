import { Procedure, Step, Violation } from './types';

/** A step and where it stands. */
export interface Place {
  step: Step;
  list: Step[];
  position: number;
  /** It undoes another step. */
  undoes?: true;
  /** Somebody reviews a skipped gate in it, also after the run is over. */
  reviews?: true;
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
  'windows',
  'lock',
];
const PEOPLE = [...BASE, 'role', 'excludedOwners', 'deadline', 'every'];
const AUTOMATION = [...BASE, 'action', 'input', 'timeout', 'retry'];

/** Fields this program has rules for. Any other one might be a rule it would miss. */
const STEP_FIELDS: Record<string, string[]> = {
  manual: [...PEOPLE, 'evidence', 'assert'],
  approval: [...PEOPLE, 'question', 'quorum', 'veto', 'reason', 'onReject'],
  handoff: [...PEOPLE, 'question', 'onReturn'],
  tour: [...PEOPLE, 'tour'],
  wait: [...BASE, 'duration', 'until', 'untilTime', 'timezone', 'guard'],
  listen: [...BASE, 'topic', 'source', 'correlate', 'lookback', 'timeout'],
  check: [...AUTOMATION, 'expect', 'message', 'maxAge'],
  action: [...AUTOMATION, 'inDoubt'],
  parallel: [...BASE, 'branches', 'join'],
  switch: [...BASE, 'cases', 'default'],
};

/** The same for what stands inside a step. */
const INNER_FIELDS: Record<string, string[]> = {
  deadline: [
    'startWithin',
    'completeWithin',
    'calendar',
    'escalations',
    'onTimeout',
  ],
  guard: ['action', 'input', 'expect', 'message', 'every', 'timeout', 'retry'],
  retry: ['limit', 'backoff'],
  inDoubt: ['role', 'excludedOwners'],
  onReject: ['returnTo'],
  onReturn: ['returnTo'],
  branches: ['name', 'every', 'steps'],
  cases: ['name', 'if', 'steps'],
  default: ['name', 'steps'],
  evidence: [
    'id',
    'name',
    'description',
    'kind',
    'required',
    'pattern',
    'multiline',
    'maxLength',
    'integer',
    'minimum',
    'maximum',
    'unit',
    'mustBeTrue',
    'options',
  ],
};
const ESCALATION_FIELDS = ['after', 'to', 'action', 'unlessStarted'];

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
  'windows',
  'calendars',
  // When runs start says nothing about what happens in them.
  'schedule',
  'steps',
  'onFailure',
  'breakGlass',
];

const GLASS_FIELDS = ['role', 'reviewer', 'reviewWithin'];
const ROLE_FIELDS = ['title', 'description', 'potentialOwners', 'rotate'];
const ROTATION_FIELDS = ['every', 'from', 'timezone'];
const WINDOW_FIELDS = [
  'name',
  'effect',
  'rrule',
  'dtstart',
  'timezone',
  'duration',
  'overrun',
  'unless',
];

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

/** A value of a field that takes one of few. */
function assertOneOf(value: unknown, known: unknown[], path: string): void {
  if (!known.includes(value)) {
    throw new Violation(
      'unknown-rule',
      1,
      `The procedure has ${path} ${JSON.stringify(
        value,
      )}, which this version of the verifier does not know; use a newer one`,
    );
  }
}

function assertStep(step: Step, path: string): void {
  assertKnown(step, STEP_FIELDS[step.type] ?? [], path);
  for (const [field, fields] of Object.entries(INNER_FIELDS)) {
    for (const one of [step[field] ?? []].flat()) {
      assertKnown(one, fields, `${path}.${field}`);
    }
  }
  const { escalations = [], onTimeout = 'none' } = step.deadline ?? {};
  assertOneOf(
    onTimeout,
    ['none', 'fail', 'reject', 'return'],
    `${path}.deadline.onTimeout`,
  );
  for (const one of escalations) {
    assertKnown(one, ESCALATION_FIELDS, `${path}.deadline.escalations`);
    assertOneOf(
      one.action ?? 'notify',
      ['notify', 'widen'],
      `${path}.deadline.escalations.action`,
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
  assertKnown(procedure.breakGlass ?? {}, GLASS_FIELDS, 'spec.breakGlass');
  for (const [name, role] of Object.entries(procedure.roles ?? {})) {
    assertKnown(role, ROLE_FIELDS, `spec.roles.${name}`);
    if (typeof role.rotate === 'object') {
      assertKnown(role.rotate, ROTATION_FIELDS, `spec.roles.${name}.rotate`);
    }
  }
  for (const window of procedure.windows ?? []) {
    assertKnown(window, WINDOW_FIELDS, `window "${window.name}"`);
  }
  const places: Outline = new Map();
  const add = (list: Step[]): void =>
    list.forEach((step, position) => {
      if (!STEP_FIELDS[step.type]) {
        throw new Violation(
          'unknown-rule',
          1,
          `Step "${step.id}" is of the type ${step.type}, which this version of the verifier does not know; use a newer one`,
        );
      }
      assertStep(step, `step "${step.id}"`);
      places.set(step.id, { step, list, position });
      children(step).forEach(child => add(child.steps));
    });
  add(procedure.steps);
  for (const { step } of [...places.values()]) {
    if (step.compensation) {
      const undo = { ...step.compensation, id: undoId(step.id) } as Step;
      assertStep(undo, `the compensation of "${step.id}"`);
      places.set(undo.id, {
        step: undo,
        list: [undo],
        position: 0,
        undoes: true,
      });
    }
  }
  return places;
}
