import { analyseExpression, templateExpressions } from '../expression';
import { SopPolicyEntity, SopPolicySpec } from '../model/policy';
import { checkCatalogRef, checkPersonRef } from './peopleRules';
import { checkPredicate } from './predicateRules';
import { checkWindows } from './policyWindowRules';
import { describeValue, joinPath, SopProblem } from './problem';
import { findShapeProblems } from './shape';
import { checkEvidenceFields } from './structureRules';

type Report = (problem: SopProblem) => void;

/** The demands, of which a policy must have one. */
const DEMANDS = [
  'windows',
  'minQuorum',
  'excludedOwners',
  'requireEvidence',
  'requireReason',
  'lock',
] as const;

/** Properties that somebody writes who wants to permit more. */
const LOOSENING =
  /^(allow|bypass|default|exempt|except|maxQuorum|onFailure|optional|overrun|potentialOwners|quorum|reason|required|role|roles|skip|unless|veto)/i;

/**
 * Everything that is wrong with a document that says it is an SOPPolicy; nothing
 * when it can be registered. Never throws.
 * @public
 */
export function validateSopPolicy(entity: unknown): SopProblem[] {
  const shape = findShapeProblems(entity, 'SOPPolicy').map(explainLoosening);
  if (shape.length > 0) {
    return shape;
  }
  const problems: SopProblem[] = [];
  checkSpec((entity as SopPolicyEntity).spec, problem =>
    problems.push(problem),
  );
  return problems;
}

function explainLoosening(problem: SopProblem): SopProblem {
  const key = problem.path.split('.').pop() ?? '';
  const unknown = problem.message.startsWith('unknown property');
  if (
    (unknown && LOOSENING.test(key)) ||
    problem.path === 'spec.requireReason'
  ) {
    return {
      ...problem,
      message: 'a policy can only tighten what a procedure asks for',
    };
  }
  return problem;
}

function checkSpec(spec: SopPolicySpec, report: Report): void {
  checkCatalogRef({ report }, 'spec.owner', spec.owner, 'Group', [
    'group',
    'user',
  ]);
  checkPredicate({ report }, 'spec.targets', spec.targets);
  if (spec.procedures !== undefined) {
    checkPredicate({ report }, 'spec.procedures', spec.procedures);
  }
  if (!DEMANDS.some(key => spec[key] !== undefined)) {
    report({
      path: 'spec',
      message: 'tightens nothing',
      found: Object.keys(spec).join(', '),
      allowed: `at least one of ${DEMANDS.join(', ')}`,
    });
  }
  checkWindows(spec.windows, report);
  spec.excludedOwners?.forEach((rule, index) => {
    if (rule !== 'initiator' && !rule.startsWith('actor:')) {
      checkPersonRef(
        { report },
        `spec.excludedOwners[${index}]`,
        rule,
        'initiator, actor:*, actor:<stepId>, or ',
      );
    }
  });
  checkEvidence(spec, report);
  checkSelection(spec, report);
  checkLock(spec.lock, report);
}

function checkEvidence(
  { requireEvidence }: SopPolicySpec,
  report: Report,
): void {
  const path = 'spec.requireEvidence';
  requireEvidence?.forEach((field, index) => {
    if (field.required === false) {
      report({
        path: `${path}[${index}].required`,
        message: 'a policy can only tighten what a procedure asks for',
        found: 'false',
        allowed: 'true, or nothing',
      });
    }
  });
  checkEvidenceFields(report, path, requireEvidence ?? []);
}

/** A demand that none of the selected steps can meet would be silent. */
function checkSelection(spec: SopPolicySpec, report: Report): void {
  const types = spec.steps?.types;
  const needs = (key: keyof SopPolicySpec, type: string) => {
    if (types && spec[key] !== undefined && !types.some(t => t === type)) {
      report({
        path: joinPath('spec', key),
        message: `is about ${type} steps, which spec.steps.types leaves out`,
        found: types.join(', '),
        allowed: `spec.steps.types with ${type}`,
      });
    }
  };
  needs('minQuorum', 'approval');
  needs('requireReason', 'approval');
  needs('requireEvidence', 'manual');
}

function checkLock(lock: string | undefined, report: Report): void {
  if (lock === undefined) {
    return;
  }
  const path = 'spec.lock';
  const found = describeValue(lock);
  let sources: string[];
  try {
    sources = templateExpressions(lock);
  } catch {
    report({ path, message: 'a "${{" is never closed', found });
    return;
  }
  for (const source of sources) {
    const analysis = analyseExpression(source);
    const foreign = analysis.ok
      ? analysis.roots.filter(root => root !== 'target')
      : [];
    if (!analysis.ok || foreign.length > 0) {
      report({
        path,
        message: analysis.ok
          ? `refers to "${foreign[0]}", which whoever starts a run can choose`
          : `cannot be read: ${analysis.message}`,
        found: describeValue(source),
        allowed: 'an expression over target',
      });
    }
  }
}
