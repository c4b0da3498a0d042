import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { BUILT_IN_ROLES, ITEM_OWNER_ROLE, SopStep } from '../model/types';
import { Rule, RuleContext } from './context';
import { describeValue, didYouMean, joinPath, nearest } from './problem';
import { explainStanding, isDoneByPeople } from './references';
import { LocatedStep, standingOf } from './steps';

/** Refs of users and groups are compared as text, so only one form is allowed. */
const PERSON_REF =
  'a user or group ref in full and in lower case, such as group:default/ops';

/** Owner, system, approvers and roles. */
export const refRule: Rule = context => {
  const { spec, report } = context;
  checkCatalogRef(context, 'spec.owner', spec.owner, 'Group', [
    'group',
    'user',
  ]);
  if (spec.system !== undefined) {
    checkCatalogRef(context, 'spec.system', spec.system, 'System', ['system']);
  }
  spec.document?.approvers?.forEach((ref, index) =>
    checkPersonRef(context, `spec.document.approvers[${index}]`, ref),
  );
  for (const [name, role] of Object.entries(spec.roles ?? {})) {
    const path = joinPath('spec.roles', name);
    if (isBuiltIn(name)) {
      report({
        path,
        message: 'is built in and cannot be defined',
        found: describeValue(name),
        allowed: 'another name',
      });
    }
    role.potentialOwners.forEach((ref, index) =>
      checkPersonRef(context, `${path}.potentialOwners[${index}]`, ref),
    );
  }
};

/** Roles of steps exist, exclusions mean something and leave somebody. */
export const roleRule: Rule = context => {
  const { role, reviewer } = context.spec.breakGlass ?? {};
  for (const [key, name] of Object.entries({ role, reviewer })) {
    if (name !== undefined) {
      checkRole(context, `spec.breakGlass.${key}`, name);
    }
  }
  for (const located of context.steps) {
    const { step, path } = located;
    if (isDoneByPeople(step)) {
      checkRole(context, `${path}.role`, step.role, located);
      step.excludedOwners?.forEach((excluded, index) =>
        checkExcluded(
          context,
          `${path}.excludedOwners[${index}]`,
          excluded,
          located,
        ),
      );
      checkElectorate(context, step, path);
    }
    if (step.type === 'action' && step.inDoubt) {
      checkRole(context, `${path}.inDoubt.role`, step.inDoubt.role, located);
      step.inDoubt.excludedOwners?.forEach((excluded, index) =>
        checkExcluded(
          context,
          `${path}.inDoubt.excludedOwners[${index}]`,
          excluded,
          located,
        ),
      );
    }
    if (step.compensation?.type === 'manual') {
      checkRole(
        context,
        `${path}.compensation.role`,
        step.compensation.role,
        located,
      );
    }
  }
};

function isBuiltIn(role: string): boolean {
  return [...BUILT_IN_ROLES, ITEM_OWNER_ROLE].some(builtIn => builtIn === role);
}

function checkRole(
  { spec, report }: RuleContext,
  path: string,
  role: string,
  located?: LocatedStep,
) {
  const known = [
    ...Object.keys(spec.roles ?? {}),
    ...BUILT_IN_ROLES,
    ...(located && hasItemOwners(located) ? [ITEM_OWNER_ROLE] : []),
  ];
  if (!known.includes(role)) {
    report({
      path,
      message: `unknown role${didYouMean(role, known)}`,
      found: describeValue(role),
      allowed: known.join(', '),
    });
  }
}

/** Whether a step is about items that have owners. */
function hasItemOwners({ parent }: LocatedStep): boolean {
  return (
    parent !== undefined &&
    ((parent.step.type === 'forEach' && parent.step.owners !== undefined) ||
      hasItemOwners(parent))
  );
}

const ACTOR_PREFIX = 'actor:';

function checkExcluded(
  context: RuleContext,
  path: string,
  excluded: string,
  located: LocatedStep,
) {
  if (excluded === 'initiator') {
    return;
  }
  if (!excluded.startsWith(ACTOR_PREFIX)) {
    checkPersonRef(context, path, excluded, 'initiator, actor:<stepId>, or ');
    return;
  }
  const id = excluded.slice(ACTOR_PREFIX.length);
  const other = context.byId.get(id);
  const found = describeValue(excluded);
  const candidates = context.steps
    .filter(
      one => isDoneByPeople(one.step) && standingOf(one, located) === 'before',
    )
    .map(one => `${ACTOR_PREFIX}${one.step.id}`);
  const allowed = ['initiator', ...candidates].join(', ');
  const report = (message: string) =>
    context.report({ path, message, found, allowed });
  if (!other) {
    report(`unknown step${didYouMean(excluded, candidates)}`);
    return;
  }
  const standing = standingOf(other, located);
  if (standing !== 'before') {
    report(explainStanding(id, standing));
  } else if (!isDoneByPeople(other.step)) {
    report(`step "${id}" (${other.step.type}) is not done by a person`);
  }
}

/**
 * Catches steps that nobody can ever finish. Groups are not looked into, so
 * only what the document itself says counts.
 */
function checkElectorate(
  { spec, report }: RuleContext,
  step: Extract<SopStep, { role: string }>,
  path: string,
) {
  const owners =
    spec.roles && Object.hasOwn(spec.roles, step.role)
      ? spec.roles[step.role].potentialOwners
      : [step.role];
  const left = owners.filter(ref => !step.excludedOwners?.includes(ref));
  if (left.length === 0) {
    report({
      path: `${path}.excludedOwners`,
      message: `leaves nobody who may act as "${step.role}"`,
      found: step.excludedOwners?.join(', '),
      allowed: `a list that leaves one of ${owners.join(', ')}`,
    });
    return;
  }
  const isCountable = left.every(
    ref => ref.startsWith('user:') || ref === 'initiator',
  );
  if (
    step.type === 'approval' &&
    typeof step.quorum === 'number' &&
    isCountable &&
    step.quorum > left.length
  ) {
    report({
      path: `${path}.quorum`,
      message: `is more than the number of people who may act as "${step.role}"`,
      found: String(step.quorum),
      allowed: `at most ${left.length}`,
    });
  }
}

/** Reports a ref that is not one of a user or group in full. */
export function checkPersonRef(
  { report }: Pick<RuleContext, 'report'>,
  path: string,
  ref: string,
  otherwise = '',
) {
  const problem = personRefProblem(ref);
  if (problem !== undefined) {
    report({
      path,
      message: problem,
      found: describeValue(ref),
      allowed: `${otherwise}${PERSON_REF}`,
    });
  }
}

function personRefProblem(ref: string): string | undefined {
  let canonical: string;
  try {
    canonical = stringifyEntityRef(parseEntityRef(ref));
  } catch {
    return 'is not an entity ref';
  }
  const [kind] = canonical.split(':');
  if (kind !== 'user' && kind !== 'group') {
    return `is not a user or group${didYouMean(kind, ['user', 'group'])}`;
  }
  if (!isWellFormed(canonical)) {
    return 'is not an entity ref';
  }
  return canonical === ref
    ? undefined
    : `is not in full, did you mean "${canonical}"?`;
}

/** Owner and system follow the catalog's own habit: kind and namespace may be left out. */
export function checkCatalogRef(
  { report }: Pick<RuleContext, 'report'>,
  path: string,
  ref: string,
  defaultKind: string,
  kinds: string[],
) {
  let kind: string | undefined;
  try {
    const parsed = parseEntityRef(ref, { defaultKind });
    const canonical = stringifyEntityRef(parsed);
    kind = isWellFormed(canonical) ? canonical.split(':')[0] : undefined;
  } catch {
    kind = undefined;
  }
  if (kind === undefined || !kinds.includes(kind)) {
    const meant = kind && nearest(kind, kinds);
    report({
      path,
      message:
        kind === undefined
          ? 'is not an entity ref'
          : `is of the wrong kind${meant ? `, did you mean "${meant}"?` : ''}`,
      found: describeValue(ref),
      allowed: `an entity ref of kind ${kinds.join(
        ' or ',
      )}, such as ${defaultKind.toLocaleLowerCase('en-US')}:default/name`,
    });
  }
}

/** The characters that the catalog allows in kind, namespace and name. */
function isWellFormed(canonical: string): boolean {
  return /^[a-z][a-z0-9]*:[a-z0-9]([a-z0-9-]*[a-z0-9])?\/[a-z0-9]([a-z0-9_.-]*[a-z0-9])?$/.test(
    canonical,
  );
}
