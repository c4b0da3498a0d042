import { Case, lines, branchStep } from './__testUtils__/cases';
import { GO, OBSERVE, Step, TAG } from './__testUtils__/documents';

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
