import { Case, lines } from './__testUtils__/cases';
import { changed } from './__testUtils__/documents';
import { validateSop } from '.';

const hash = 'a'.repeat(64);
const step = (more: object) => ({
  id: 'sub',
  type: 'run',
  name: 'Sub',
  sop: 'sop:default/other',
  ...more,
});

it('takes a sub-procedure, pinned or not', () => {
  const valid = [
    step({ inputs: { tag: '${{ steps.tag.evidence.tag }}' } }),
    step({ revision: 'pinned', revisionHash: hash }),
    step({ target: 'component:default/${{ inputs.x }}' }),
  ];
  for (const one of valid) {
    expect(validateSop(changed(s => s.steps.push(one)))).toEqual([]);
  }
});

describe('sub-procedures', () => {
  it.each<Case>([
    [
      'a procedure that calls itself',
      s => {
        s.steps.push(step({ sop: 'sop:default/release' }));
      },
      'spec.steps[8].sop: found "sop:default/release"; allowed: another procedure (cyclic: the procedure calls itself)',
    ],
    [
      'a pinned revision without its hash',
      s => {
        s.steps.push(step({ revision: 'pinned' }));
      },
      'spec.steps[8].revisionHash: found nothing; allowed: the hash of a revision (is required with revision: pinned)',
    ],
    [
      'a hash that pins nothing',
      s => {
        s.steps.push(step({ revisionHash: hash }));
      },
      `spec.steps[8].revisionHash: found "${hash}"; allowed: nothing (has a meaning only with revision: pinned)`,
    ],
    [
      'something that is no procedure',
      s => {
        s.steps.push(step({ sop: 'component:default/x' }));
      },
      'spec.steps[8].sop: found "component:default/x"; allowed: text that matches ^sop:[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9_.-]*$ (has the wrong form)',
    ],
    [
      'inputs that refer to a later step',
      s => {
        s.steps.splice(0, 0, step({ inputs: { x: '${{ steps.go.output }}' } }));
      },
      'spec.steps[0].inputs.x: found "steps.go.output"; allowed: no step, none comes before (later: step "go" is done after this step)',
    ],
    [
      'an unknown role for an action in doubt',
      s => {
        s.steps.push({
          id: 'act',
          type: 'action',
          name: 'Act',
          action: 'x:y',
          inDoubt: { role: 'nobody' },
        });
      },
      expect.stringContaining(
        'spec.steps[8].inDoubt.role: found "nobody"; allowed:',
      ) as unknown as string,
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});
