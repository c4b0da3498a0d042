import { SopPolicySpec } from '../model/policy';
import { SopStep } from '../model/types';
import { Play, policyOf, specOf } from '../engine/testUtils';
import { effectiveStep, tighteningOf } from './tightenStep';

const steps: SopStep[] = [
  {
    id: 'script',
    type: 'manual',
    name: 'Script',
    role: 'dev',
    evidence: [
      { id: 'ticket', kind: 'text', maxLength: 50 },
      { id: 'rows', kind: 'number', minimum: 0 },
    ],
  },
  {
    id: 'review',
    type: 'approval',
    name: 'Review',
    role: 'reviewer',
    reason: 'optional',
  },
  { id: 'apply', type: 'action', name: 'Apply', action: 'x:y' },
];
const spec = specOf(steps);
const [script, review, apply] = steps;

describe('effectiveStep', () => {
  it('is the same step when no policy is about it', () => {
    expect(effectiveStep(spec, script, [policyOf('a', { minQuorum: 2 })])).toBe(
      script,
    );
    expect(tighteningOf(script)).toBeUndefined();
  });

  it('takes the greatest quorum and every exclusion, in any order', () => {
    const policies = [
      policyOf('a', { minQuorum: 2, excludedOwners: ['initiator'] }),
      policyOf('b', { minQuorum: 3, excludedOwners: ['actor:*'] }),
      policyOf('c', { requireReason: true }),
    ];
    const one = effectiveStep(spec, review, policies);
    expect(one).toMatchObject({
      excludedOwners: ['initiator', 'actor:script'],
      reason: 'always',
    });
    expect(tighteningOf(one)?.minQuorum).toBe(3);
    const other = effectiveStep(spec, review, [...policies].reverse());
    expect(other).toEqual(one);
    expect(tighteningOf(other)).toEqual(tighteningOf(one));
  });

  it('does not make a majority smaller by excluding somebody', () => {
    const majority = specOf([{ ...review, quorum: 'majority' } as SopStep]);
    const exclude = policyOf('a', { excludedOwners: ['user:default/ben'] });
    const play = new Play(majority).under([exclude]).start('dev');
    play.do('ana', { type: 'vote', stepId: 'review', decision: 'approve' });
    play.do('cho', { type: 'vote', stepId: 'review', decision: 'approve' });
    // Two of the three who may vote, and not more than half of the four.
    expect(play.state?.steps.review.status).toBe('ready');
    play.do('dia', { type: 'vote', stepId: 'review', decision: 'approve' });
    expect(play.state?.status).toBe('completed');
  });

  it('makes evidence as strict as both', () => {
    const one = effectiveStep(spec, script, [
      policyOf('a', {
        requireEvidence: [
          { id: 'ticket', kind: 'text', pattern: 'A-\\d+' },
          { id: 'rows', kind: 'number', minimum: -5, maximum: 10 },
          { id: 'risk', kind: 'choice', options: ['low'] },
        ],
      }),
    ]);
    expect(one).toMatchObject({
      evidence: [
        { id: 'ticket', required: true, pattern: 'A-\\d+', maxLength: 50 },
        { id: 'rows', required: true, minimum: 0, maximum: 10 },
        { id: 'risk', required: true },
      ],
    });
  });

  it('asks beside it where one field cannot say both', () => {
    const one = effectiveStep(spec, script, [
      policyOf('money', {
        requireEvidence: [{ id: 'ticket', kind: 'url' }],
      }),
    ]);
    expect((one as { evidence: object[] }).evidence).toEqual([
      ...(script as { evidence: object[] }).evidence,
      { id: 'ticket_money', name: 'ticket', kind: 'url', required: true },
    ]);
  });

  it('chooses steps by type, id and tag', () => {
    const lock = 'a';
    const locks = (policy: Partial<SopPolicySpec>, step = apply) =>
      tighteningOf(effectiveStep(spec, step, [policyOf('a', policy)]))?.locks
        .length ?? 0;
    expect(locks({ lock })).toBe(1);
    expect(locks({ lock }, script)).toBe(0);
    expect(locks({ lock, steps: { types: ['manual'] } }, script)).toBe(1);
    expect(locks({ lock, steps: { ids: ['apply'] } })).toBe(1);
    expect(locks({ lock, steps: { ids: ['other'] } })).toBe(0);
    const tagged = { ...apply, tags: ['production-change'] };
    const tags = ['production-change', 'x'];
    expect(locks({ lock, steps: { tags } }, tagged)).toBe(1);
    expect(locks({ lock, steps: { tags } })).toBe(0);
    expect(locks({ lock, steps: { tags, types: ['manual'] } }, tagged)).toBe(0);
  });
});

describe('a run under policies', () => {
  const two = policyOf('two', { minQuorum: 2 });
  const vote = { type: 'vote' as const, stepId: 'review', reason: 'fine' };
  const done = { type: 'complete' as const, stepId: 'script' };

  it('needs what they need, and says under which policy', () => {
    const play = new Play(spec).under([two]).start().do('ana', done);
    play.do('ben', { ...vote, decision: 'approve' });
    expect(play.step('review').status).toBe('ready');
    play.do('cho', { ...vote, decision: 'approve' });
    expect(play.step('review').status).toBe('completed');
    const under = play.events.map(event =>
      'policies' in event.data ? `${event.type} ${event.data.policies}` : '',
    );
    expect(under.filter(Boolean)).toEqual([
      'run.started hash-two',
      'step.started hash-two',
      'vote.cast hash-two',
      'vote.cast hash-two',
      'step.completed hash-two',
    ]);
  });

  it('keeps the policies that a step began under', () => {
    const play = new Play(spec).start().do('ana', done);
    play.under([two]).do('ben', { ...vote, decision: 'approve' });
    expect(play.step('review').status).toBe('completed');

    const other = new Play(spec).under([two]).start().do('ana', done);
    other.under([]).do('ben', { ...vote, decision: 'approve' });
    expect(other.step('review').status).toBe('ready');
  });

  it('is under those of the moment when a step begins again', () => {
    const again = specOf([
      script,
      { ...review, onReject: { returnTo: 'script' } } as SopStep,
    ]);
    const play = new Play(again).start().do('ana', done);
    play.do('ben', { ...vote, decision: 'reject' });
    play.under([two]).do('ana', done);
    play.do('ben', { ...vote, decision: 'approve' });
    expect(play.step('review')).toMatchObject({
      status: 'ready',
      policies: ['hash-two'],
    });
  });

  it('is refused by what policies exclude', () => {
    const play = new Play(spec)
      .under([policyOf('four-eyes', { excludedOwners: ['actor:*'] })])
      .start()
      .do('ana', done);
    expect(() => play.do('ana', { ...vote, decision: 'approve' })).toThrow(
      'you did “Script”',
    );
    expect(play.step('review').excludedOwners).toEqual(['user:default/ana']);
  });

  it('needs the evidence that policies require', () => {
    const play = new Play(spec)
      .under([
        policyOf('ticket', {
          requireEvidence: [{ id: 'ticket', kind: 'text' }],
        }),
      ])
      .start();
    expect(() => play.do('ana', done)).toThrow('evidence.ticket: Required');
    play.do('ana', { ...done, evidence: { ticket: 'A-1' } });
    expect(play.step('script').status).toBe('completed');
  });

  it('leaves what undoes a step alone', () => {
    const undo = specOf([
      {
        ...apply,
        compensation: { type: 'manual', name: 'Undo', role: 'dev' },
      } as SopStep,
    ]);
    const play = new Play(undo).under([
      policyOf('all', {
        steps: { types: ['manual', 'action'] },
        excludedOwners: ['group:default/developers'],
      }),
    ]);
    play.start();
    const order = { stepId: 'apply', attempt: 1, try: 1 };
    play.system({ type: 'dispatch-action', ...order });
    play.do('dev', { type: 'cancel', reason: 'stop', compensate: true });
    play.do('dev', { type: 'complete', stepId: 'compensate:apply' });
    expect(play.status).toBe('compensated');
  });

  it('cannot go on without a policy that a step began under', () => {
    const play = new Play(spec).under([two]).start().do('ana', done);
    expect(() =>
      play.forget().do('ben', { ...vote, decision: 'approve' }),
    ).toThrow('began under policy hash-two, which is not known');
  });
});
