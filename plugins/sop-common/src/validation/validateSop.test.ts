import { formatProblem, validateSop } from '.';
import {
  Change,
  changed,
  CHECK,
  CHOOSE,
  DEPLOY,
  GO,
  HANDOVER,
  inputsWith,
  OBSERVE,
  SOAK,
  Step,
  TAG,
  validDocument,
} from './__testUtils__/documents';

type Case = [name: string, change: Change, ...expected: string[]];

function lines(change: Change): string[] {
  return validateSop(changed(change)).map(formatProblem);
}

/** Steps inside the parallel and the switch step of the document. */
const branchStep = (step: Step, branch: number) =>
  (step.branches as Array<{ steps: Step[] }>)[branch].steps[0];
const caseStep = (step: Step) =>
  (step.cases as Array<{ steps: Step[] }>)[0].steps[0];
const evidenceOf = (step: Step) => step.evidence as Step[];

it('accepts a document with every step type and evidence kind', () => {
  expect(validateSop(validDocument())).toEqual([]);
});

it('accepts what the catalog adds', () => {
  const entity = { ...validDocument(), relations: [], status: { items: [] } };
  expect(validateSop(entity)).toEqual([]);
});

describe('shape', () => {
  it.each<Case>([
    [
      'no spec',
      (_, e) => {
        delete (e as Partial<typeof e>).spec;
      },
      'spec: found nothing; allowed: an object with type, owner, lifecycle, system, document, appliesTo, inputs, runTitle, roles, steps, onFailure (is required)',
    ],
    [
      'wrong kind',
      (_, e) => {
        e.kind = 'Sop';
      },
      'kind: found "Sop"; allowed: SOP (is not allowed, did you mean "SOP"?)',
    ],
    [
      'wrong version',
      (_, e) => {
        e.apiVersion = 'handrail.dev/v1';
      },
      'apiVersion: found "handrail.dev/v1"; allowed: handrail.dev/v1alpha1 (is not allowed)',
    ],
    [
      'property beside spec',
      (_, e) => {
        e.specs = {};
      },
      'specs: found "specs"; allowed: apiVersion, kind, metadata, relations, status, spec (unknown property, did you mean "spec"?)',
    ],
    [
      'misspelt property',
      s => {
        s.onFailur = {};
      },
      'spec.onFailur: found "onFailur"; allowed: type, owner, lifecycle, system, document, appliesTo, inputs, runTitle, roles, steps, onFailure (unknown property, did you mean "onFailure"?)',
    ],
    [
      'unknown lifecycle',
      s => {
        s.lifecycle = 'efective';
      },
      'spec.lifecycle: found "efective"; allowed: draft, in-review, effective, superseded, retired (is not allowed, did you mean "effective"?)',
    ],
    [
      'no owner',
      s => {
        delete s.owner;
      },
      'spec.owner: found nothing; allowed: text (is required)',
    ],
    [
      'no steps at all',
      s => {
        s.steps = [];
      },
      'spec.steps: found a list of 0; allowed: at least 1 (is too short)',
    ],
    [
      'steps that are no list',
      s => {
        s.steps = {} as Step[];
      },
      'spec.steps: found an object; allowed: a list (must be a list)',
    ],
    [
      'a number where text is due',
      s => {
        s.document = { number: 'X', revision: 2 };
      },
      'spec.document.revision: found 2; allowed: text (must be text; write it in quotes)',
    ],
    [
      'a list where text is due',
      s => {
        s.owner = ['group:default/ops'];
      },
      'spec.owner: found a list of 1; allowed: text (must be text)',
    ],
    [
      'empty text',
      s => {
        s.steps[TAG].name = '';
      },
      'spec.steps[0].name: found ""; allowed: text (must not be empty)',
    ],
    [
      'text without end',
      s => {
        s.steps[TAG].name = 'x'.repeat(201);
      },
      'spec.steps[0].name: found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; allowed: at most 200 characters (is too long)',
    ],
    [
      'a step type that does not exist',
      s => {
        s.steps[SOAK].type = 'wiat';
      },
      'spec.steps[1].type: found "wiat"; allowed: manual, approval, handoff, wait, check, action, parallel, switch, tour (unknown type, did you mean "wait"?)',
    ],
    [
      'a step type that is no text',
      s => {
        s.steps[SOAK].type = 7;
      },
      'spec.steps[1].type: found 7; allowed: manual, approval, handoff, wait, check, action, parallel, switch, tour (unknown type)',
    ],
    [
      'no step type',
      s => {
        delete s.steps[SOAK].type;
      },
      'spec.steps[1].type: found nothing; allowed: manual, approval, handoff, wait, check, action, parallel, switch, tour (is required)',
    ],
    [
      'a step that is no object',
      s => {
        s.steps[SOAK] = 'soak' as unknown as Step;
      },
      'spec.steps[1]: found "soak"; allowed: an object (must be an object)',
    ],
    [
      'a step id with a colon',
      s => {
        s.steps[SOAK].id = 'a:b';
      },
      'spec.steps[1].id: found "a:b"; allowed: text that matches ^[a-zA-Z][a-zA-Z0-9_-]*$ (has the wrong form)',
    ],
    [
      'a property of another step type',
      s => {
        s.steps[GO].evidence = [];
      },
      'spec.steps[3].evidence: found "evidence"; allowed: id, type, name, if, instructions, compensation, role, excludedOwners, question, quorum, veto, reason, onReject (does not belong to type approval, only to manual)',
    ],
    [
      'a misspelt property of a step',
      s => {
        s.steps[GO].quorom = 1;
      },
      'spec.steps[3].quorom: found "quorom"; allowed: id, type, name, if, instructions, compensation, role, excludedOwners, question, quorum, veto, reason, onReject (unknown property, did you mean "quorum"?)',
    ],
    [
      'a missing property of a step',
      s => {
        delete s.steps[CHECK].expect;
      },
      'spec.steps[2].expect: found nothing; allowed: text (is required)',
    ],
    [
      'a quorum of zero',
      s => {
        s.steps[GO].quorum = 0;
      },
      'spec.steps[3].quorum: found 0; allowed: a whole number from 1 to 100, all, majority (is not allowed)',
    ],
    [
      'a quorum that is no word we know',
      s => {
        s.steps[GO].quorum = 'most';
      },
      'spec.steps[3].quorum: found "most"; allowed: a whole number from 1 to 100, all, majority (is not allowed)',
    ],
    [
      'a join that is no word we know',
      s => {
        s.steps[OBSERVE].join = 'some';
      },
      'spec.steps[5].join: found "some"; allowed: all, any, an object with atLeast (is not allowed)',
    ],
    [
      'a join over no branch',
      s => {
        s.steps[OBSERVE].join = { atLeast: 0 };
      },
      'spec.steps[5].join: found an object; allowed: all, any, an object with atLeast (is not allowed)',
    ],
    [
      'a branch without steps',
      s => {
        (s.steps[OBSERVE].branches as Step[])[1].steps = [];
      },
      'spec.steps[5].branches[1].steps: found a list of 0; allowed: at least 1 (is too short)',
    ],
    [
      'a case without steps',
      s => {
        (s.steps[CHOOSE].cases as Step[])[0].steps = [];
      },
      'spec.steps[6].cases[0].steps: found a list of 0; allowed: at least 1 (is too short)',
    ],
    [
      'a switch without cases',
      s => {
        s.steps[CHOOSE].cases = [];
      },
      'spec.steps[6].cases: found a list of 0; allowed: at least 1 (is too short)',
    ],
    [
      'a problem deep inside',
      s => {
        branchStep(s.steps[OBSERVE], 1).roll = 'captain';
      },
      'spec.steps[5].branches[1].steps[0].roll: found "roll"; allowed: id, type, name, if, instructions, compensation, role, excludedOwners, evidence, assert (unknown property, did you mean "role"?)',
    ],
    [
      'an evidence kind that does not exist',
      s => {
        evidenceOf(s.steps[TAG])[0].kind = 'txt';
      },
      'spec.steps[0].evidence[0].kind: found "txt"; allowed: text, number, boolean, url, choice, entity (unknown kind, did you mean "text"?)',
    ],
    [
      'a key of another evidence kind',
      s => {
        evidenceOf(s.steps[TAG])[1].pattern = 'x';
      },
      'spec.steps[0].evidence[1].pattern: found "pattern"; allowed: id, kind, name, description, required, integer, minimum, maximum, unit (does not belong to kind number, only to text)',
    ],
    [
      'a choice without options',
      s => {
        delete evidenceOf(s.steps[TAG])[4].options;
      },
      'spec.steps[0].evidence[4].options: found nothing; allowed: a list (is required)',
    ],
    [
      'an option twice',
      s => {
        evidenceOf(s.steps[TAG])[4].options = ['a', 'a'];
      },
      'spec.steps[0].evidence[4].options: found a list of 2; allowed: different items (items 1 and 0 are equal)',
    ],
    [
      'an evidence id that CEL cannot read',
      s => {
        evidenceOf(s.steps[TAG])[0].id = 'rows-after';
      },
      'spec.steps[0].evidence[0].id: found "rows-after"; allowed: text that matches ^[a-zA-Z_][a-zA-Z0-9_]*$ (has the wrong form)',
    ],
    [
      'a length beyond the limit',
      s => {
        evidenceOf(s.steps[TAG])[0].maxLength = 70000;
      },
      'spec.steps[0].evidence[0].maxLength: found 70000; allowed: a whole number from 1 to 65536 (is not allowed)',
    ],
    [
      'a compensation of another type',
      s => {
        s.steps[TAG].compensation = { type: 'wait', name: 'x' };
      },
      'spec.steps[0].compensation.type: found "wait"; allowed: manual, action (unknown type)',
    ],
    [
      'a compensation without its role',
      s => {
        s.steps[TAG].compensation = { type: 'manual', name: 'x' };
      },
      'spec.steps[0].compensation.role: found nothing; allowed: text (is required)',
    ],
    [
      'a role name with a space',
      s => {
        s.roles = { 'the captain': { potentialOwners: ['group:default/ops'] } };
      },
      'spec.roles["the captain"]: found "the captain"; allowed: text that matches ^[a-z][a-z0-9_-]*$ (is not a valid name)',
    ],
    [
      'a role without people',
      s => {
        s.roles = { captain: { potentialOwners: [] } };
      },
      'spec.roles.captain.potentialOwners: found a list of 0; allowed: at least 1 (is too short)',
    ],
    [
      'an action id without its plugin',
      s => {
        s.steps[DEPLOY].action = 'deploy';
      },
      'spec.steps[4].action: found "deploy"; allowed: text that matches ^[a-zA-Z][a-zA-Z0-9-]*:[a-zA-Z0-9][a-zA-Z0-9_.:/-]*$ (has the wrong form)',
    ],
    [
      'too many attempts',
      s => {
        s.steps[DEPLOY].retry = { limit: 21 };
      },
      'spec.steps[4].retry.limit: found 21; allowed: a whole number from 0 to 20 (is not allowed)',
    ],
    [
      'a predicate that selects everything',
      s => {
        s.appliesTo = {};
      },
      'spec.appliesTo: found an object; allowed: at least 1 property (must not be empty)',
    ],
    [
      'several problems at once',
      s => {
        s.lifecycle = 'done';
        delete s.steps[TAG].role;
        s.steps[GO].veto = 'yes';
      },
      'spec.lifecycle: found "done"; allowed: draft, in-review, effective, superseded, retired (is not allowed)',
      'spec.steps[0].role: found nothing; allowed: text (is required)',
      'spec.steps[3].veto: found "yes"; allowed: true or false (must be true or false)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});

describe('structure', () => {
  it.each<Case>([
    [
      'a duplicate id',
      s => {
        s.steps[SOAK].id = 'tag';
      },
      'spec.steps[1].id: found "tag"; allowed: an id that no other step has (duplicate id, first used at spec.steps[0].id)',
    ],
    [
      'a duplicate id in a branch',
      s => {
        branchStep(s.steps[OBSERVE], 0).id = 'go';
      },
      'spec.steps[5].branches[0].steps[0].id: found "go"; allowed: an id that no other step has (duplicate id, first used at spec.steps[3].id)',
    ],
    [
      'a duplicate evidence id',
      s => {
        evidenceOf(s.steps[TAG])[3].id = 'tag';
      },
      'spec.steps[0].evidence[3].id: found "tag"; allowed: an id that no other evidence of the step has (duplicate evidence id, first used at spec.steps[0].evidence[0].id)',
    ],
    [
      'a duplicate evidence id of a compensation',
      s => {
        s.steps[TAG].compensation = {
          type: 'manual',
          name: 'x',
          role: 'captain',
          evidence: [
            { id: 'a', kind: 'url' },
            { id: 'a', kind: 'text' },
          ],
        };
      },
      'spec.steps[0].compensation.evidence[1].id: found "a"; allowed: an id that no other evidence of the step has (duplicate evidence id, first used at spec.steps[0].compensation.evidence[0].id)',
    ],
    [
      'an id that every object has',
      s => {
        s.steps[SOAK].id = 'constructor';
      },
      'spec.steps[1].id: found "constructor"; allowed: another name (is a reserved word)',
    ],
    [
      'an evidence id that every object has',
      s => {
        evidenceOf(s.steps[TAG])[3].id = '__proto__';
      },
      'spec.steps[0].evidence[3].id: found "__proto__"; allowed: another name (is a reserved word)',
    ],
    [
      'a keyword of CEL as id',
      s => {
        s.steps[SOAK].id = 'in';
      },
      'spec.steps[1].id: found "in"; allowed: another name (is a reserved word)',
    ],
    [
      'a return to a later step',
      s => {
        s.steps[GO].onReject = { returnTo: 'deploy' };
      },
      'spec.steps[3].onReject.returnTo: found "deploy"; allowed: tag, soak, synthetic (is not an earlier step of the same list)',
    ],
    [
      'a return to itself',
      s => {
        s.steps[GO].onReject = { returnTo: 'go' };
      },
      'spec.steps[3].onReject.returnTo: found "go"; allowed: tag, soak, synthetic (is not an earlier step of the same list)',
    ],
    [
      'a return to a step that does not exist',
      s => {
        s.steps[GO].onReject = { returnTo: 'soka' };
      },
      'spec.steps[3].onReject.returnTo: found "soka"; allowed: tag, soak, synthetic (is not an earlier step of the same list, did you mean "soak"?)',
    ],
    [
      'a return into a branch',
      s => {
        s.steps[HANDOVER].onReturn = { returnTo: 'red' };
      },
      'spec.steps[7].onReturn.returnTo: found "red"; allowed: tag, soak, synthetic, go, deploy, observe, choose (is not an earlier step of the same list)',
    ],
    [
      'a return out of a branch',
      s => {
        const step = branchStep(s.steps[OBSERVE], 1);
        step.type = 'handoff';
        step.onReturn = { returnTo: 'tag' };
      },
      'spec.steps[5].branches[1].steps[0].onReturn.returnTo: found "tag"; allowed: none, it is the first step (is not an earlier step of the same list)',
    ],
    [
      'more branches asked for than there are',
      s => {
        s.steps[OBSERVE].join = { atLeast: 3 };
      },
      'spec.steps[5].join.atLeast: found 3; allowed: 1 to 2 (is more than the number of branches)',
    ],
    [
      'a minimum above the maximum',
      s => {
        evidenceOf(s.steps[TAG])[1].minimum = 11;
      },
      'spec.steps[0].evidence[1].minimum: found 11; allowed: at most 10 (is greater than maximum)',
    ],
    [
      'a pattern that cannot be read',
      s => {
        evidenceOf(s.steps[TAG])[0].pattern = 'v(\\d+';
      },
      'spec.steps[0].evidence[0].pattern: found "v(\\\\d+"; allowed: a regular expression (cannot be read: Unterminated group)',
    ],
    [
      'a pattern that closes what it did not open',
      s => {
        evidenceOf(s.steps[TAG])[0].pattern = 'a)|(b';
      },
      'spec.steps[0].evidence[0].pattern: found "a)|(b"; allowed: a regular expression (cannot be read: Unmatched \')\')',
    ],
    [
      'too many steps',
      s => {
        for (let i = 0; i < 495; i++) {
          (s.steps[OBSERVE].branches as Array<{ steps: Step[] }>)[0].steps.push(
            { id: `s${i}`, type: 'wait', name: 'x', duration: 'PT1S' },
          );
        }
      },
      'spec.steps: found 507; allowed: at most 500 (the procedure has too many steps, branches included)',
    ],
    [
      'steps nested too deeply',
      s => {
        let steps: Step[] = [
          { id: 'inner', type: 'wait', name: 'x', duration: 'PT1S' },
        ];
        for (let i = 0; i < 6; i++) {
          steps = [
            { id: `p${i}`, type: 'parallel', name: 'x', branches: [{ steps }] },
          ];
        }
        s.steps.push(...steps);
      },
      'spec.steps[8].branches[0].steps[0].branches[0].steps[0].branches[0].steps[0].branches[0].steps[0].branches[0].steps[0].branches[0].steps[0]: found level 7; allowed: at most 6 levels (steps are nested too deeply)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});

describe('people', () => {
  it.each<Case>([
    [
      'an unknown role',
      s => {
        s.steps[TAG].role = 'captian';
      },
      'spec.steps[0].role: found "captian"; allowed: captain, approver, initiator, target-owner, target (unknown role, did you mean "captain"?)',
    ],
    [
      'an unknown role of a compensation',
      s => {
        s.steps[TAG].compensation = {
          type: 'manual',
          name: 'x',
          role: 'nobody',
        };
      },
      'spec.steps[0].compensation.role: found "nobody"; allowed: captain, approver, initiator, target-owner, target (unknown role)',
    ],
    [
      'a role that is named like a built-in one',
      s => {
        (s.roles as Step).initiator = {
          potentialOwners: ['group:default/ops'],
        };
      },
      'spec.roles.initiator: found "initiator"; allowed: another name (is built in and cannot be defined)',
    ],
    [
      'an owner that is no ref',
      s => {
        s.owner = 'group:default/';
      },
      'spec.owner: found "group:default/"; allowed: an entity ref of kind group or user, such as group:default/name (is not an entity ref)',
    ],
    [
      'an owner of the wrong kind',
      s => {
        s.owner = 'component:default/x';
      },
      'spec.owner: found "component:default/x"; allowed: an entity ref of kind group or user, such as group:default/name (is of the wrong kind)',
    ],
    [
      'a system of the wrong kind',
      s => {
        s.system = 'sistem:default/x';
      },
      'spec.system: found "sistem:default/x"; allowed: an entity ref of kind system, such as system:default/name (is of the wrong kind, did you mean "system"?)',
    ],
    [
      'an approver without a kind',
      s => {
        s.document = { number: 'X', revision: '1', approvers: ['ops-leads'] };
      },
      'spec.document.approvers[0]: found "ops-leads"; allowed: a user or group ref in full and in lower case, such as group:default/ops (is not an entity ref)',
    ],
    [
      'an approver in a short form',
      s => {
        s.document = {
          number: 'X',
          revision: '1',
          approvers: ['Group:ops-leads'],
        };
      },
      'spec.document.approvers[0]: found "Group:ops-leads"; allowed: a user or group ref in full and in lower case, such as group:default/ops (is not in full, did you mean "group:default/ops-leads"?)',
    ],
    [
      'an approver that is a role',
      s => {
        s.document = {
          number: 'X',
          revision: '1',
          approvers: ['role:default/lead'],
        };
      },
      'spec.document.approvers[0]: found "role:default/lead"; allowed: a user or group ref in full and in lower case, such as group:default/ops (is not a user or group)',
    ],
    [
      'a potential owner of another kind',
      s => {
        s.roles = {
          captain: { potentialOwners: ['gruop:default/ops'] },
          approver: { potentialOwners: ['group:default/ops'] },
        };
      },
      'spec.roles.captain.potentialOwners[0]: found "gruop:default/ops"; allowed: a user or group ref in full and in lower case, such as group:default/ops (is not a user or group, did you mean "group"?)',
    ],
    [
      'a potential owner with a space',
      s => {
        s.roles = {
          captain: { potentialOwners: ['group:default/the ops'] },
          approver: { potentialOwners: ['group:default/ops'] },
        };
      },
      'spec.roles.captain.potentialOwners[0]: found "group:default/the ops"; allowed: a user or group ref in full and in lower case, such as group:default/ops (is not an entity ref)',
    ],
    [
      'an excluded owner that is neither',
      s => {
        s.steps[GO].excludedOwners = ['author'];
      },
      'spec.steps[3].excludedOwners[0]: found "author"; allowed: initiator, actor:<stepId>, or a user or group ref in full and in lower case, such as group:default/ops (is not an entity ref)',
    ],
    [
      'the actor of an unknown step',
      s => {
        s.steps[GO].excludedOwners = ['actor:tga'];
      },
      'spec.steps[3].excludedOwners[0]: found "actor:tga"; allowed: initiator, actor:tag (unknown step, did you mean "actor:tag"?)',
    ],
    [
      'the actor of the step itself',
      s => {
        s.steps[GO].excludedOwners = ['actor:go'];
      },
      'spec.steps[3].excludedOwners[0]: found "actor:go"; allowed: initiator, actor:tag (cyclic: step "go" refers to itself)',
    ],
    [
      'the actor of a later step',
      s => {
        s.steps[GO].excludedOwners = ['actor:handover'];
      },
      'spec.steps[3].excludedOwners[0]: found "actor:handover"; allowed: initiator, actor:tag (later: step "handover" is done after this step)',
    ],
    [
      'the actor of a step without people',
      s => {
        s.steps[GO].excludedOwners = ['actor:soak'];
      },
      'spec.steps[3].excludedOwners[0]: found "actor:soak"; allowed: initiator, actor:tag (step "soak" (wait) is not done by a person)',
    ],
    [
      'the actor of another branch',
      s => {
        const step = branchStep(s.steps[OBSERVE], 0);
        delete step.untilTime;
        delete step.timezone;
        step.type = 'manual';
        step.role = 'captain';
        step.excludedOwners = ['actor:announce'];
      },
      'spec.steps[5].branches[0].steps[0].excludedOwners[0]: found "actor:announce"; allowed: initiator, actor:tag, actor:go (step "announce" is in another branch, which may not be done by then)',
    ],
    [
      'everybody excluded',
      s => {
        s.steps[GO].excludedOwners = ['user:default/ana', 'user:default/bo'];
      },
      'spec.steps[3].excludedOwners: found user:default/ana, user:default/bo; allowed: a list that leaves one of user:default/ana, user:default/bo (leaves nobody who may act as "approver")',
    ],
    [
      'the initiator excluded from the role initiator',
      s => {
        s.steps[TAG].role = 'initiator';
        s.steps[TAG].excludedOwners = ['initiator'];
      },
      'spec.steps[0].excludedOwners: found initiator; allowed: a list that leaves one of initiator (leaves nobody who may act as "initiator")',
    ],
    [
      'a quorum that cannot be reached',
      s => {
        s.steps[GO].quorum = 2;
      },
      'spec.steps[3].quorum: found 2; allowed: at most 1 (is more than the number of people who may act as "approver")',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});

describe('time', () => {
  it.each<Case>([
    [
      'a wait without end',
      s => {
        delete s.steps[SOAK].duration;
      },
      'spec.steps[1]: found nothing; allowed: exactly one of duration, until, untilTime (must say when the wait ends)',
    ],
    [
      'a wait with two ends',
      s => {
        s.steps[SOAK].untilTime = '14:00';
      },
      'spec.steps[1]: found duration and untilTime; allowed: exactly one of duration, until, untilTime (must say when the wait ends)',
    ],
    [
      'a duration that is none',
      s => {
        s.steps[SOAK].duration = '30 minutes';
      },
      'spec.steps[1].duration: found "30 minutes"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is not a duration)',
    ],
    [
      'a negative duration',
      s => {
        s.steps[SOAK].duration = '-PT30M';
      },
      'spec.steps[1].duration: found "-PT30M"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is negative)',
    ],
    [
      'no duration',
      s => {
        s.steps[SOAK].duration = 'PT0S';
      },
      'spec.steps[1].duration: found "PT0S"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is zero)',
    ],
    [
      'a duration beyond the limit',
      s => {
        s.steps[SOAK].duration = 'P367D';
      },
      'spec.steps[1].duration: found "P367D"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is too long)',
    ],
    [
      'a timeout that is none',
      s => {
        s.steps[DEPLOY].timeout = '5m';
      },
      'spec.steps[4].timeout: found "5m"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is not a duration)',
    ],
    [
      'a backoff that is none',
      s => {
        s.steps[DEPLOY].retry = { limit: 1, backoff: 'soon' };
      },
      'spec.steps[4].retry.backoff: found "soon"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is not a duration)',
    ],
    [
      'a timeout of a compensation that is none',
      s => {
        (s.steps[DEPLOY].compensation as Step).timeout = 'P';
      },
      'spec.steps[4].compensation.timeout: found "P"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is zero)',
    ],
    [
      'a backoff of a compensation that is none',
      s => {
        (s.steps[DEPLOY].compensation as Step).retry = {
          limit: 1,
          backoff: 'PT0S',
        };
      },
      'spec.steps[4].compensation.retry.backoff: found "PT0S"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 366 days (is zero)',
    ],
    [
      'a review interval beyond the limit',
      s => {
        (s.document as Step).reviewEvery = 'P6Y';
      },
      'spec.document.reviewEvery: found "P6Y"; allowed: an ISO 8601 duration such as PT30M, more than zero and at most 1830 days (is too long)',
    ],
    [
      'a date that does not exist',
      s => {
        (s.document as Step).effectiveFrom = '2026-02-30';
      },
      'spec.document.effectiveFrom: found "2026-02-30"; allowed: an ISO 8601 date such as 2026-11-01 (is not a date)',
    ],
    [
      'a date that is none',
      s => {
        (s.document as Step).effectiveFrom = 'November';
      },
      'spec.document.effectiveFrom: found "November"; allowed: an ISO 8601 date such as 2026-11-01 (is not a date)',
    ],
    [
      'an instant without offset',
      s => {
        caseStep(s.steps[CHOOSE]).until = '2026-11-01T14:00:00';
      },
      'spec.steps[6].cases[0].steps[0].until: found "2026-11-01T14:00:00"; allowed: an ISO 8601 instant such as 2026-11-01T14:00:00Z (has no time with an offset)',
    ],
    [
      'an instant that does not exist',
      s => {
        caseStep(s.steps[CHOOSE]).until = '2026-13-01T14:00:00Z';
      },
      'spec.steps[6].cases[0].steps[0].until: found "2026-13-01T14:00:00Z"; allowed: an ISO 8601 instant such as 2026-11-01T14:00:00Z (is not an instant)',
    ],
    [
      'a time of day that does not exist',
      s => {
        branchStep(s.steps[OBSERVE], 0).untilTime = '24:00';
      },
      'spec.steps[5].branches[0].steps[0].untilTime: found "24:00"; allowed: HH:mm from 00:00 to 23:59 (is not a time of day)',
    ],
    [
      'a zone that does not exist',
      s => {
        branchStep(s.steps[OBSERVE], 0).timezone = 'Europe/Atlantis';
      },
      'spec.steps[5].branches[0].steps[0].timezone: found "Europe/Atlantis"; allowed: an IANA name such as Etc/UTC or Europe/Berlin (is not a time zone)',
    ],
    [
      'a zone without a time',
      s => {
        s.steps[SOAK].timezone = 'Etc/UTC';
      },
      'spec.steps[1].timezone: found "Etc/UTC"; allowed: nothing (has a meaning only with untilTime)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});

describe('predicate', () => {
  it.each<Case>([
    [
      'an unknown operator',
      s => {
        s.appliesTo = { $all: [{ kind: { $inn: ['API'] } }] };
      },
      'spec.appliesTo.$all[0].kind.$inn: found "$inn"; allowed: $all, $any, $not, $exists, $in, $contains, $hasPrefix (unknown operator, did you mean "$in"?)',
    ],
    [
      'an operator beside a path',
      s => {
        s.appliesTo = { $all: [{ kind: 'API' }], kind: 'API' };
      },
      'spec.appliesTo: found an object; allowed: an object from paths to values, and the operators $all, $any, $not, $exists, $in, $contains, $hasPrefix (is not a filter predicate)',
    ],
    [
      'an operator with the wrong operand',
      s => {
        s.appliesTo = { kind: { $in: 'API' } };
      },
      'spec.appliesTo: found an object; allowed: an object from paths to values, and the operators $all, $any, $not, $exists, $in, $contains, $hasPrefix (is not a filter predicate)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});

describe('inputs', () => {
  it.each<Case>([
    [
      'inputs that are no object',
      s => {
        s.inputs = { type: 'array', items: {} };
      },
      'spec.inputs.type: found "array"; allowed: object (inputs are an object)',
    ],
    [
      'inputs without a type',
      s => {
        s.inputs = { properties: {} };
      },
      'spec.inputs.type: found nothing; allowed: object (inputs are an object)',
    ],
    [
      'a type that does not exist',
      s => {
        s.inputs = inputsWith({ type: 'strng' });
      },
      'spec.inputs.properties.one.type: found "strng"; allowed: array, boolean, integer, null, number, object, string (must be equal to one of the allowed values)',
    ],
    [
      'an unknown keyword',
      s => {
        s.inputs = inputsWith({ type: 'string', maxLenght: 3 });
      },
      'spec.inputs.properties.one.maxLenght: found "maxLenght"; allowed: keywords of JSON Schema (draft 7), and ui:… for the form (unknown keyword, did you mean "maxLength"?)',
    ],
    [
      'an unknown format',
      s => {
        s.inputs = inputsWith({ type: 'string', format: 'telephone' });
      },
      'spec.inputs.properties.one.format: found "telephone"; allowed: date, time, date-time, iso-time, iso-date-time, duration, uri, uri-reference, uri-template, url, email, hostname, ipv4, ipv6, regex, uuid, json-pointer, json-pointer-uri-fragment, relative-json-pointer, byte, int32, int64, float, double, password, binary (unknown format)',
    ],
    [
      'a bad pattern',
      s => {
        s.inputs = inputsWith({ type: 'string', pattern: '(' });
      },
      'spec.inputs.properties.one.pattern: found "("; allowed: a regular expression (cannot be read: Unterminated group)',
    ],
    [
      'a required name without property',
      s => {
        s.inputs = { ...inputsWith({}), required: ['on'] };
      },
      'spec.inputs.required[0]: found "on"; allowed: one (is not among the properties, did you mean "one"?)',
    ],
    [
      'a ref to another document',
      s => {
        s.inputs = inputsWith({ $ref: 'https://example.org/a.json' });
      },
      'spec.inputs.properties.one.$ref: found "https://example.org/a.json"; allowed: a pointer into these inputs, such as #/definitions/name (refers to another document)',
    ],
    [
      'a ref to nothing',
      s => {
        s.inputs = inputsWith({ $ref: '#/definitions/a' });
      },
      'spec.inputs.properties.one.$ref: found "#/definitions/a"; allowed: a pointer into these inputs, such as #/definitions/name (refers to nothing)',
    ],
    [
      'a ref to itself',
      s => {
        s.inputs = inputsWith({ $ref: '#' });
      },
      'spec.inputs.properties.one.$ref: found "#"; allowed: a schema that ends (cyclic: refers to a schema that it is part of)',
    ],
    [
      'two refs in a circle',
      s => {
        s.inputs = {
          ...inputsWith({ $ref: '#/definitions/a' }),
          definitions: {
            a: { items: { $ref: '#/definitions/b' } },
            b: { not: { $ref: '#/definitions/a' } },
          },
        };
      },
      'spec.inputs.definitions.b.not.$ref: found "#/definitions/a"; allowed: a schema that ends (cyclic: refers to a schema that it is part of)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});

describe('expressions', () => {
  it.each<Case>([
    [
      'an expression that cannot be read',
      s => {
        s.steps[SOAK].if = 'inputs.hotfix &&';
      },
      'spec.steps[1].if: found "inputs.hotfix &&"; allowed: a CEL expression (cannot be read: it ends too early)',
    ],
    [
      'an unknown variable',
      s => {
        s.steps[SOAK].if = 'input.hotfix';
      },
      'spec.steps[1].if: found "input.hotfix"; allowed: inputs, target, run, steps (unknown variable "input", did you mean "inputs"?)',
    ],
    [
      'evidence outside an assertion',
      s => {
        s.steps[SOAK].if = 'evidence.rows == 1';
      },
      'spec.steps[1].if: found "evidence.rows == 1"; allowed: inputs, target, run, steps (unknown variable "evidence")',
    ],
    [
      'output outside a check',
      s => {
        s.steps[SOAK].if = 'output.status == 200';
      },
      'spec.steps[1].if: found "output.status == 200"; allowed: inputs, target, run, steps (unknown variable "output")',
    ],
    [
      'steps in the title',
      s => {
        s.runTitle = '${{ steps.tag.evidence.tag }}';
      },
      'spec.runTitle: found "steps.tag.evidence.tag"; allowed: inputs, target, run (unknown variable "steps")',
    ],
    [
      'a condition that gives a number',
      s => {
        s.steps[SOAK].if = '1 + 2';
      },
      'spec.steps[1].if: found "1 + 2"; allowed: an expression that is true or false (gives int)',
    ],
    [
      'a condition that gives text',
      s => {
        s.steps[CHECK].expect = '"green"';
      },
      'spec.steps[2].expect: found "\\"green\\""; allowed: an expression that is true or false (gives string)',
    ],
    [
      'a comparison of unlike types',
      s => {
        s.steps[CHECK].expect = '"a" == 1';
      },
      'spec.steps[2].expect: found "\\"a\\" == 1"; allowed: a CEL expression (the types do not fit at character 1: string == int)',
    ],
    [
      'an assertion that cannot be read',
      s => {
        s.steps[TAG].assert = [{ that: ')', message: 'x' }];
      },
      'spec.steps[0].assert[0].that: found ")"; allowed: a CEL expression (cannot be read: unexpected ")" at character 1)',
    ],
    [
      'an unclosed template',
      s => {
        s.steps[TAG].instructions = 'Tag ${{ target.name }';
      },
      'spec.steps[0].instructions: found "Tag ${{ target.name }"; allowed: text in which every "${{" has its "}}" (a "${{" is never closed)',
    ],
    [
      'a bad template in an input',
      s => {
        s.steps[DEPLOY].input = { values: { list: ['${{ stps.tag }}'] } };
      },
      'spec.steps[4].input.values.list[0]: found "stps.tag"; allowed: inputs, target, run, steps (unknown variable "stps", did you mean "steps"?)',
    ],
    [
      'a bad template in a question',
      s => {
        s.steps[GO].question = '${{ 1 + }}';
      },
      'spec.steps[3].question: found "1 +"; allowed: a CEL expression (cannot be read: it ends too early)',
    ],
    [
      'a bad template in an instant',
      s => {
        caseStep(s.steps[CHOOSE]).until = '${{ steps.nope.output }}';
      },
      'spec.steps[6].cases[0].steps[0].until: found "steps.nope.output"; allowed: steps tag, soak, synthetic, go, deploy, observe, red, announce (unknown step "nope")',
    ],
    [
      'a bad condition of a case',
      s => {
        (s.steps[CHOOSE].cases as Step[])[0].if = 'steps.choos.chosen == 1';
      },
      'spec.steps[6].cases[0].if: found "steps.choos.chosen == 1"; allowed: steps tag, soak, synthetic, go, deploy, observe, red, announce (unknown step "choos", did you mean "choose"?)',
    ],
    [
      'an unknown step',
      s => {
        s.steps[GO].question = '${{ steps.tga.evidence.tag }}';
      },
      'spec.steps[3].question: found "steps.tga.evidence.tag"; allowed: steps tag, soak, synthetic (unknown step "tga", did you mean "tag"?)',
    ],
    [
      'the step itself',
      s => {
        s.steps[GO].question = '${{ steps.go.votes }}';
      },
      'spec.steps[3].question: found "steps.go.votes"; allowed: steps tag, soak, synthetic (cyclic: step "go" refers to itself)',
    ],
    [
      'a later step',
      s => {
        s.steps[SOAK].if = 'steps.deploy.output.ok';
      },
      'spec.steps[1].if: found "steps.deploy.output.ok"; allowed: steps tag (later: step "deploy" is done after this step)',
    ],
    [
      'two steps that refer to each other',
      s => {
        s.steps[TAG].if = 'steps.go.output.ok';
      },
      'spec.steps[0].if: found "steps.go.output.ok"; allowed: no step, none comes before (cyclic: tag → go → tag)',
    ],
    [
      'three steps in a circle',
      s => {
        s.steps[SOAK].if = 'steps.deploy.output.ok';
        s.steps[DEPLOY].if = 'steps.go.output.ok';
        s.steps[GO].question = '${{ steps.soak.output }}';
      },
      'spec.steps[1].if: found "steps.deploy.output.ok"; allowed: steps tag (cyclic: soak → deploy → go → soak)',
    ],
    [
      'a step of another branch',
      s => {
        branchStep(s.steps[OBSERVE], 0).if = 'steps.announce.output == 1';
      },
      'spec.steps[5].branches[0].steps[0].if: found "steps.announce.output == 1"; allowed: steps tag, soak, synthetic, go, deploy (step "announce" is in another branch, which may not be done by then)',
    ],
    [
      'a step of another case',
      s => {
        caseStep(s.steps[CHOOSE]).if = 'steps.small.output == 1';
      },
      'spec.steps[6].cases[0].steps[0].if: found "steps.small.output == 1"; allowed: steps tag, soak, synthetic, go, deploy, observe, red, announce (step "small" is in another case, of which only one is done)',
    ],
    [
      'the step that contains this one',
      s => {
        branchStep(s.steps[OBSERVE], 0).if = 'steps.observe.output == 1';
      },
      'spec.steps[5].branches[0].steps[0].if: found "steps.observe.output == 1"; allowed: steps tag, soak, synthetic, go, deploy (cyclic: step "observe" contains this step and is not done before it)',
    ],
    [
      'a step inside this one',
      s => {
        s.steps[OBSERVE].if = 'steps.red.output == 1';
      },
      'spec.steps[5].if: found "steps.red.output == 1"; allowed: steps tag, soak, synthetic, go, deploy (later: step "red" is inside this step and not done before it)',
    ],
    [
      'a later step in a compensation',
      s => {
        (s.steps[DEPLOY].compensation as Step).input = {
          a: '${{ steps.red.output }}',
        };
      },
      'spec.steps[4].compensation.input.a: found "steps.red.output"; allowed: steps tag, soak, synthetic, go, deploy (later: step "red" is done after this step)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});

describe('documents that are no document', () => {
  const cyclic: Record<string, unknown> = { kind: 'SOP' };
  cyclic.self = cyclic;

  it.each([
    [
      'null',
      null,
      [
        'document: found null; allowed: an object with apiVersion, kind, metadata, relations, status, spec (must be an object)',
      ],
    ],
    [
      'text',
      'SOP',
      [
        'document: found "SOP"; allowed: an object with apiVersion, kind, metadata, relations, status, spec (must be an object)',
      ],
    ],
    [
      'a list',
      [],
      [
        'document: found a list of 0; allowed: an object with apiVersion, kind, metadata, relations, status, spec (must be an object)',
      ],
    ],
    [
      'a value that contains itself',
      cyclic,
      [
        'document: allowed: at most 64 levels and 100000 values (the document is too deep or too large)',
      ],
    ],
  ])('%s', (_name, document, expected) => {
    expect(validateSop(document).map(formatProblem)).toEqual(expected);
  });
});

describe('accepts', () => {
  it.each<[string, Change]>([
    [
      'an owner in the short form of the catalog',
      s => {
        s.owner = 'ops';
        s.system = 'portal';
      },
    ],
    [
      'an owner who is a person',
      s => {
        s.owner = 'user:default/ana';
      },
    ],
    [
      'a document without the optional parts',
      s => {
        for (const key of [
          'system',
          'document',
          'appliesTo',
          'inputs',
          'runTitle',
          'onFailure',
        ]) {
          delete s[key];
        }
        s.steps = [{ id: 'only', type: 'wait', name: 'Wait', duration: 'P1D' }];
        delete s.roles;
      },
    ],
    [
      'the longest duration',
      s => {
        s.steps[SOAK].duration = 'P366D';
      },
    ],
    [
      'an instant that is filled in',
      s => {
        caseStep(s.steps[CHOOSE]).until = '${{ steps.tag.evidence.notes }}';
      },
    ],
    [
      'steps inside an earlier step',
      s => {
        s.steps[HANDOVER].question =
          '${{ steps.red.status }} ${{ steps.small.status }}';
      },
    ],
    [
      'step ids that need brackets',
      s => {
        s.steps[TAG].id = 'peer-review';
        s.steps = s.steps.slice(0, 2);
        s.steps[SOAK].if = "steps['peer-review'].evidence.done";
      },
    ],
    [
      'inputs that use one definition twice',
      s => {
        s.inputs = {
          type: 'object',
          properties: {
            a: { $ref: '#/definitions/d' },
            b: { $ref: '#/definitions/d' },
          },
          definitions: { d: { type: 'string' } },
        };
      },
    ],
    [
      'a predicate with operators',
      s => {
        s.appliesTo = {
          $any: [
            { kind: 'API' },
            { $not: { 'metadata.tags': { $contains: 'x' } } },
            {
              'spec.type': { $in: ['database'] },
              'metadata.name': { $hasPrefix: 'a' },
              'spec.owner': { $exists: true },
            },
          ],
        };
      },
    ],
  ])('%s', (_name, change) => {
    expect(lines(change)).toEqual([]);
  });
});
