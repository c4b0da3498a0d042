import { Case, lines, branchStep, evidenceOf } from './__testUtils__/cases';
import {
  GO,
  HANDOVER,
  OBSERVE,
  SOAK,
  Step,
  TAG,
} from './__testUtils__/documents';

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
