import { Case, lines, branchStep, evidenceOf } from './__testUtils__/cases';
import {
  CHECK,
  CHOOSE,
  DEPLOY,
  GO,
  OBSERVE,
  SOAK,
  Step,
  TAG,
} from './__testUtils__/documents';

describe('shape', () => {
  it.each<Case>([
    [
      'no spec',
      (_, e) => {
        delete (e as Partial<typeof e>).spec;
      },
      'spec: found nothing; allowed: an object with type, owner, lifecycle, system, document, compliance, appliesTo, schedule, inputs, runTitle, roles, windows, calendars, steps, breakGlass, onFailure (is required)',
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
      'spec.onFailur: found "onFailur"; allowed: type, owner, lifecycle, system, document, compliance, appliesTo, schedule, inputs, runTitle, roles, windows, calendars, steps, breakGlass, onFailure (unknown property, did you mean "onFailure"?)',
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
      'spec.steps[1].type: found "wiat"; allowed: manual, approval, handoff, wait, check, action, parallel, switch, listen, forEach, run, tour (unknown type, did you mean "wait"?)',
    ],
    [
      'a step type that is no text',
      s => {
        s.steps[SOAK].type = 7;
      },
      'spec.steps[1].type: found 7; allowed: manual, approval, handoff, wait, check, action, parallel, switch, listen, forEach, run, tour (unknown type)',
    ],
    [
      'no step type',
      s => {
        delete s.steps[SOAK].type;
      },
      'spec.steps[1].type: found nothing; allowed: manual, approval, handoff, wait, check, action, parallel, switch, listen, forEach, run, tour (is required)',
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
      'spec.steps[3].evidence: found "evidence"; allowed: id, type, name, if, instructions, tags, lock, compensation, role, excludedOwners, question, quorum, veto, reason, onReject, windows, deadline, every (does not belong to type approval, only to manual)',
    ],
    [
      'a misspelt property of a step',
      s => {
        s.steps[GO].quorom = 1;
      },
      'spec.steps[3].quorom: found "quorom"; allowed: id, type, name, if, instructions, tags, lock, compensation, role, excludedOwners, question, quorum, veto, reason, onReject, windows, deadline, every (unknown property, did you mean "quorum"?)',
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
      'spec.steps[5].branches[1].steps[0].roll: found "roll"; allowed: id, type, name, if, instructions, tags, lock, compensation, role, excludedOwners, evidence, assert, windows, deadline, every (unknown property, did you mean "role"?)',
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
      'a tag with a space',
      s => {
        s.steps[TAG].tags = ['production change'];
      },
      'spec.steps[0].tags[0]: found "production change"; allowed: text that matches ^[a-z0-9]+(-[a-z0-9]+)*$ (has the wrong form)',
    ],
    [
      'a tag twice',
      s => {
        s.steps[SOAK].tags = ['waiting', 'waiting'];
      },
      'spec.steps[1].tags: found a list of 2; allowed: different items (items 1 and 0 are equal)',
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
