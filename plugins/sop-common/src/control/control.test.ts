import { replayControl } from './evolve';
import { reviewOf } from './review';
import { standingOf } from './standing';
import { Document, filed, signer } from './testUtils';
import { controlSentence } from './words';

const signed = (hash: string, more = {}) =>
  new Document().file(filed(hash, more)).sign('eve', hash).sign('olu', hash);

describe('how a revision comes into force', () => {
  it('is in review until every approver has signed this hash', () => {
    const document = new Document().file(filed('a'));
    expect(document.status('a')).toBe('in-review');
    expect(controlSentence(document.standing)).toBe(
      'No revision is in force. Revision 1 is in review: engineering and operations must still sign it.',
    );
    document.sign('eve', 'a');
    expect(document.effective).toBeUndefined();
    document.sign('olu', 'a');
    expect(document.status('a')).toBe('effective');
    expect(controlSentence(document.standing)).toBe(
      'Revision 1 is in force since 2026-11-02, signed by Eve Example and Olu Example.',
    );
  });

  it('waits for its date', () => {
    const document = signed('a', { effectiveFrom: '2026-11-20' });
    expect(document.status('a')).toBe('approved');
    expect(controlSentence(document.standing)).toBe(
      'No revision is in force. Revision 1 comes into force on 2026-11-20.',
    );
    document.wait(18);
    expect(document.status('a')).toBe('effective');
  });

  it('without approvers is in force when it is filed, and says so', () => {
    const document = new Document().file(filed('a', { approvers: [] }));
    expect(document.effective).toBe('a');
    expect(controlSentence(document.standing)).toBe(
      'Revision 1 is in force since 2026-11-02, unsigned: its document names no approvers.',
    );
  });

  it.each(['draft', 'in-review', 'retired', 'superseded'] as const)(
    'never does when the author wrote %s',
    intention => {
      const document = new Document().file(
        filed('a', { intention, approvers: [] }),
      );
      expect(document.effective).toBeUndefined();
      expect(document.status('a')).toBe(intention);
    },
  );

  it('keeps the one before in force until the new one is signed', () => {
    const document = signed('a').file(filed('b', { label: '2' }));
    expect(document.effective).toBe('a');
    expect(document.status('b')).toBe('in-review');
    document.sign('eve', 'b').sign('olu', 'b');
    expect(document.effective).toBe('b');
    expect(document.status('a')).toBe('superseded');
  });

  it('is recorded once, and restored when the file goes back', () => {
    const document = signed('a')
      .file(filed('a'))
      .file(filed('b', { label: '2' }))
      .file(filed('a'));
    expect(document.events.map(event => event.type)).toEqual([
      'revision.recorded',
      'signature.given',
      'signature.given',
      'revision.recorded',
      'revision.restored',
    ]);
    expect(document.effective).toBe('a');
    expect(document.status('b')).toBe('superseded');
  });

  it('does not come back by restoring a file that was superseded', () => {
    const document = signed('a')
      .file(filed('b', { label: '2' }))
      .sign('eve', 'b')
      .sign('olu', 'b')
      .file(filed('a'));
    expect(document.effective).toBe('b');
    expect(document.status('a')).toBe('superseded');
    expect(() => document.sign('both', 'a')).toThrow(/was replaced/);
  });

  it('without approvers follows its file back and forth', () => {
    const free = { approvers: [] };
    const document = new Document()
      .file(filed('a', free))
      .file(filed('b', { ...free, label: '2' }));
    expect(document.effective).toBe('b');
    document.file(filed('a', free));
    expect(document.effective).toBe('a');
    expect(document.status('b')).toBe('superseded');
  });

  it('ends with a file that retires it, signed or not', () => {
    const document = signed('a').file(filed('z', { intention: 'retired' }));
    expect(document.effective).toBeUndefined();
    expect(document.status('a')).toBe('retired');
    expect(document.events.map(event => event.type).slice(-2)).toEqual([
      'revision.recorded',
      'revision.retired',
    ]);
    document.file(filed('a'));
    expect(document.effective).toBeUndefined();
  });
});

describe('control that was there once', () => {
  it('is kept when the file leaves approvers out', () => {
    const document = signed('a').file(
      filed('b', { label: '2', approvers: [] }),
    );
    expect(document.effective).toBe('a');
    expect(document.standing.current?.missing).toEqual([
      'group:default/engineering',
      'group:default/operations',
    ]);
    document.sign('eve', 'b').sign('olu', 'b');
    expect(document.effective).toBe('b');
    // Both agreed, and the next one still asks them: they signed this one.
    document.file(filed('c', { label: '3', approvers: [] }));
    expect(document.status('c')).toBe('in-review');
  });

  it('is not avoided by way of a retirement, or of an older unsigned file', () => {
    const document = new Document()
      .file(filed('u', { approvers: [], label: '0' }))
      .file(filed('a'))
      .sign('eve', 'a')
      .sign('olu', 'a')
      .file(filed('z', { intention: 'retired' }))
      .file(filed('u', { approvers: [], label: '0' }));
    expect(document.effective).toBeUndefined();
    document.file(filed('b', { approvers: [], label: '2' }));
    expect(document.status('b')).toBe('in-review');
  });
});

describe('the label of a revision', () => {
  it('belongs to the content that was signed under it', () => {
    const document = signed('a').file(filed('b'));
    expect(document.effective).toBe('a');
    expect(document.status('b')).toBe('in-review');
    expect(() => document.sign('eve', 'b')).toThrow(
      'Label reuse: revision "1" is the content a, recorded on 2026-11-02; this one is b. Give the changed content another label in spec.document.revision.',
    );
    expect(controlSentence(document.standing)).toContain('Label reuse');
  });

  it('holds without approvers as well', () => {
    const free = { approvers: [] };
    const document = new Document()
      .file(filed('a', free))
      .file(filed('b', free));
    expect(document.effective).toBe('a');
    document.file(filed('c', { ...free, label: '2' }));
    expect(document.effective).toBe('c');
  });

  it('may be shared by drafts and by what nobody signed', () => {
    const document = new Document()
      .file(filed('a', { intention: 'draft' }))
      .file(filed('b'))
      .file(filed('c'))
      .sign('eve', 'c')
      .sign('olu', 'c');
    expect(document.effective).toBe('c');
    expect(document.status('b')).toBe('superseded');
  });

  it('is no concern of documents that have none', () => {
    const none = { approvers: [], label: undefined, number: undefined };
    const document = new Document()
      .file(filed('a', none))
      .file(filed('b', none));
    expect(document.effective).toBe('b');
  });
});

describe('signatures', () => {
  const open = () => new Document().file(filed('a'));

  it('carry printed name, meaning, reason, approver and statement', () => {
    const [, event] = open().sign('eve', 'a').events;
    expect(event).toMatchObject({
      type: 'signature.given',
      actor: 'user:default/eve',
      data: {
        hash: 'a',
        meaning: 'approval',
        name: 'Eve Example',
        reason: 'Right',
        approver: 'group:default/engineering',
        statement:
          'Eve Example approves revision 1 of SOP-9 Test (sop:default/test, content a) for engineering.',
      },
    });
  });

  it.each([
    [
      'who is no approver',
      'owner',
      {},
      'NotAllowedError',
      /Only engineering or operations may approve revision 1/,
    ],
    [
      'without a reason',
      'eve',
      { reason: ' ' },
      'InputError',
      /reason is required/,
    ],
    [
      'for somebody else',
      'eve',
      { approver: 'group:default/operations' },
      'NotAllowedError',
      /cannot sign for operations; you can for engineering/,
    ],
    [
      'for an approver that is not named',
      'eve',
      { approver: 'group:default/x' },
      'InputError',
      /allowed: group:default\/engineering/,
    ],
    [
      'with another meaning',
      'eve',
      { meaning: 'love' },
      'InputError',
      /allowed: approval, review/,
    ],
    [
      'of another revision',
      'eve',
      { hash: 'zz' },
      'NotFoundError',
      /no revision/,
    ],
  ])('are refused %s', (_, by, more, name, message) => {
    expect(() => open().sign(by, 'a', more)).toThrow(
      expect.objectContaining({
        name,
        message: expect.stringMatching(message),
      }),
    );
  });

  it('are given by people only', () => {
    const robot = { ...signer('eve'), kind: 'service' as const };
    expect(() =>
      open().do(robot, {
        type: 'sign',
        hash: 'a',
        meaning: 'approval',
        reason: 'Beep',
      }),
    ).toThrow(/Only a person/);
  });

  it('count once per person, in whatever groups they are', () => {
    const document = open().sign('both', 'a');
    expect(() => document.sign('both', 'a')).toThrow(
      /have signed revision 1 for engineering already/,
    );
    expect(() => document.sign('eve', 'a')).toThrow(
      'Somebody has signed for engineering already.',
    );
    expect(document.effective).toBeUndefined();
    document.sign('olu', 'a');
    expect(document.effective).toBe('a');
  });

  it('are for what the file has now, not for what it had', () => {
    const document = open().file(filed('b', { label: '2' }));
    expect(() => document.sign('eve', 'a')).toThrow(
      /another content by now; revision 1 cannot be signed any more/,
    );
  });

  it.each(['draft', 'in-review'] as const)(
    'are refused while the author says %s',
    intention => {
      const document = new Document().file(filed('a', { intention }));
      expect(() => document.sign('eve', 'a')).toThrow(
        /not meant to be in force/,
      );
    },
  );

  it('can be withdrawn until the revision is in force', () => {
    const document = open().sign('eve', 'a');
    const withdraw = { type: 'withdraw', hash: 'a', reason: 'Oops' } as const;
    expect(() => document.do('olu', withdraw)).toThrow(/neither approved/);
    document.do('eve', withdraw);
    expect(document.state.revisions[0].signatures[0].withdrawn).toMatchObject({
      reason: 'Oops',
    });
    expect(document.standing.current?.missing).toHaveLength(2);
    document.sign('eve', 'a').sign('olu', 'a');
    expect(() => document.do('eve', withdraw)).toThrow(/is or was in force/);
  });

  it('do not help against a rejection, until that is withdrawn', () => {
    const document = open().do('olu', {
      type: 'reject',
      hash: 'a',
      reason: 'Step 3 is missing',
    });
    expect(document.status('a')).toBe('draft');
    expect(() => document.sign('eve', 'a')).toThrow(
      'Olu Example rejected revision 1: Step 3 is missing',
    );
    // The corrected file needs no new label, as nobody signed the first one.
    const corrected = new Document();
    Object.assign(corrected, { state: document.state, now: document.now });
    corrected.file(filed('b')).sign('eve', 'b').sign('olu', 'b');
    expect(corrected.effective).toBe('b');
    document
      .do('olu', { type: 'withdraw', hash: 'a', reason: 'It is there' })
      .sign('eve', 'a')
      .sign('olu', 'a');
    expect(document.effective).toBe('a');
  });

  it('cannot be a rejection of what is in force', () => {
    expect(() =>
      signed('a').do('eve', { type: 'reject', hash: 'a', reason: 'No' }),
    ).toThrow(/is or was in force/);
  });
});

describe('reviews', () => {
  const document = () => signed('a', { reviewEvery: 'P3M' });
  const review = (one: Document) =>
    reviewOf(one.standing.effective, one.instant);

  it('are due an interval after the revision came into force', () => {
    const one = document();
    expect(review(one)).toMatchObject({ state: 'planned' });
    expect(review(one)?.dueAt.slice(0, 10)).toBe('2027-02-02');
    expect(review(one.wait(80))).toMatchObject({ state: 'due' });
    expect(review(one.wait(14))).toMatchObject({ state: 'overdue' });
  });

  it('start again with a review by the owner or an approver', () => {
    const one = document().wait(100);
    expect(() => one.sign('stranger', 'a', { meaning: 'review' })).toThrow(
      /may review revision 1/,
    );
    one.sign('owner', 'a', { meaning: 'review', reason: 'Still right' });
    expect(review(one)).toMatchObject({ state: 'planned' });
    expect(one.effective).toBe('a');
    // A review is no approval.
    expect(one.state.revisions[0].signatures[2].approver).toBeUndefined();
  });

  it('are not asked for where the document names no interval', () => {
    expect(review(signed('a'))).toBeUndefined();
  });

  it('are reminded of once per date and stage', () => {
    const one = document();
    const remind = {
      type: 'remind',
      hash: 'a',
      dueAt: '2027-02-02T09:00:03.000Z',
      stage: 'due',
    } as const;
    one.run(remind).run(remind);
    expect(one.events.filter(e => e.type === 'review.reminded')).toHaveLength(
      1,
    );
  });
});

describe('acknowledgements', () => {
  it('are of what is or was in force, and written once', () => {
    const acknowledge = { type: 'acknowledge', hash: 'a' } as const;
    expect(() =>
      new Document().file(filed('a')).do('stranger', acknowledge),
    ).toThrow(/is in-review; what is not in force/);
    const document = signed('a').do('stranger', acknowledge);
    expect(document.events[3]).toMatchObject({
      type: 'revision.acknowledged',
      actor: 'user:default/stranger',
      data: {
        hash: 'a',
        statement:
          'Stranger Example has read and understood revision 1 of sop:default/test (a).',
      },
    });
    document.run(acknowledge, {
      actor: signer('stranger'),
      acknowledged: true,
    });
    expect(document.events).toHaveLength(4);
    document
      .file(filed('b', { label: '2' }))
      .sign('eve', 'b')
      .sign('olu', 'b');
    document.do('owner', acknowledge);
    expect(document.status('a')).toBe('superseded');
  });
});

it('is a fold of its journal', () => {
  const document = signed('a').file(filed('b', { label: '2' }));
  expect(replayControl('sop:default/test', document.events)).toEqual(
    document.state,
  );
  expect(() =>
    replayControl('sop:default/test', document.events.slice(1)),
  ).toThrow('Expected event 1; found 2');
  expect(
    standingOf(replayControl('sop:default/test', []), document.instant),
  ).toEqual({ revisions: [], current: undefined, effective: undefined });
});
