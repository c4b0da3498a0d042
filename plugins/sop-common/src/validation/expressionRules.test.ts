import { Case, lines, branchStep, caseStep } from './__testUtils__/cases';
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
