import { describeIncidentHeadline } from '../view';
import { person, Play } from './testUtils';

const ana = person('ana');
const ben = person('ben');

const at = (time: string) => `2026-11-20T${time}:00.000Z`;

describe('command', () => {
  it('is nobody’s until somebody accepts it', () => {
    const play = new Play().declare();
    expect(play.incident.roles).toEqual({});
    expect(play.duty('commander')).toMatchObject({
      dueAt: at('10:05'),
      warnAt: at('10:03'),
      state: 'pending',
    });
    play.do({ type: 'offer-role', role: 'commander', person: ben.ref }, ana);
    expect(play.incident.roles.commander.holder).toBeUndefined();
    // An offer is not an answer: the duty goes on.
    expect(play.duty('commander')).toBeDefined();
    play.forward(1).do({ type: 'accept-role', role: 'commander' }, ben);
    expect(play.duty('commander')).toBeUndefined();
    expect(play.incident).toMatchObject({
      commandedAt: at('10:01'),
      acknowledgedAt: at('10:01'),
    });
    expect(play.incident.obligations.map(one => one.state)).toEqual([
      'satisfied',
      'pending',
      'satisfied',
    ]);
  });

  it('is taken with the declaration only when that is said', () => {
    const play = new Play().declare({ takeCommand: true });
    expect(play.incident.roles.commander.holder).toBe(ana.ref);
    expect(play.duty('commander')).toBeUndefined();
  });

  it('stays with who holds it until the other one accepts', () => {
    const play = new Play().declare({ takeCommand: true });
    play.do({ type: 'offer-role', role: 'commander', person: ben.ref }, ana);
    expect(() =>
      play.do({ type: 'release-role', role: 'commander' }, ana),
    ).toThrow('it is yours until they accept');
    expect(() =>
      play.do({ type: 'accept-role', role: 'commander' }, person('eve')),
    ).toThrow('is offered to ben');
    play.do({ type: 'decline-role', role: 'commander' }, ben);
    expect(play.incident.roles.commander).toEqual({
      holder: ana.ref,
      acceptedAt: at('10:00'),
    });
    expect(() =>
      play.do({ type: 'take-role', role: 'commander' }, ben),
    ).toThrow('reason');
    play.do({ type: 'take-role', role: 'commander', reason: 'Ana left' }, ben);
    expect(play.incident.roles.commander.holder).toBe(ben.ref);
  });
});

describe('updates', () => {
  it.each([
    ['nothing promised', {}, '10:55'],
    ['an earlier one promised', { nextUpdateAt: at('10:40') }, '10:40'],
    ['a later one without a reason', { nextUpdateAt: at('11:25') }, '10:55'],
    [
      'a later one with a reason',
      { nextUpdateAt: at('11:25'), nextUpdateReason: 'A long restore' },
      '11:25',
    ],
  ])('with %s are due at', (_, more, time) => {
    const play = new Play().declare();
    expect(play.duty('update')?.dueAt).toBe(at('10:30'));
    play.forward(25);
    play.do({ type: 'post-update', message: 'm', ...more }, ana);
    expect(play.duty('update')?.dueAt).toBe(at(time));
    expect(
      play.incident.obligations.filter(one => one.kind === 'update'),
    ).toMatchObject([{ state: 'satisfied' }, { state: 'pending' }]);
  });

  it('end with the resolution, when the review begins to be due', () => {
    const play = new Play().declare({ takeCommand: true });
    play.do({ type: 'set-impact', message: 'i' }, ana);
    play.do({ type: 'record-mitigation', message: 'm' }, ana);
    play.do({ type: 'resolve' }, ana);
    expect(play.duty('update')).toBeUndefined();
    // Friday, so five business days end on the next Friday.
    expect(play.duty('review')?.dueAt).toBe('2026-11-27T10:00:00.000Z');
    expect(describeIncidentHeadline(play.incident)).toBe(
      'Next: ana must complete the review',
    );
    play.forward(10).do({ type: 'reopen', reason: 'It is back' }, ana);
    expect(play.duty('review')).toBeUndefined();
    expect(play.duty('update')?.dueAt).toBe(at('10:40'));
    expect(play.incident.intervals).toEqual([
      { from: at('10:00'), to: at('10:00') },
      { from: at('10:10') },
    ]);
  });
});

describe('a change of severity', () => {
  it('begins duties at the time of the change', () => {
    const play = new Play().declare({ severity: 'SEV-3' });
    expect(play.incident.obligations).toEqual([]);
    play.forward(20);
    play.do({ type: 'set-severity', severity: 'SEV-1', reason: 'r' }, ana);
    expect(play.duty('commander')?.dueAt).toBe(at('10:25'));
    expect(play.duty('update')?.dueAt).toBe(at('10:50'));
  });

  it('buys no time', () => {
    const play = new Play().declare().forward(4);
    play.do({ type: 'set-severity', severity: 'SEV-2', reason: 'r' }, ana);
    expect(play.duty('commander')?.dueAt).toBe(at('10:05'));
    expect(play.duty('update')?.dueAt).toBe(at('10:30'));
    play.do({ type: 'set-severity', severity: 'SEV-4', reason: 'r' }, ana);
    expect(play.duty('commander')).toBeUndefined();
  });
});

describe('firing', () => {
  it('does nothing before its time and once at it', () => {
    const play = new Play().declare();
    play.millis += 3 * 60_000 - 1;
    play.fire();
    expect(play.events.some(one => one.type === 'obligation.warned')).toBe(
      false,
    );
    play.millis += 1;
    play.fire();
    play.fire();
    expect(
      play.events.filter(one => one.type === 'obligation.warned'),
    ).toHaveLength(1);
  });

  it('tells those whom the policy names', () => {
    const play = new Play().declare();
    play.do({ type: 'take-role', role: 'scribe' }, person('cho'));
    play.forward(5).fire();
    play.forward(5).fire();
    expect(
      play.events.flatMap(one =>
        one.type === 'obligation.breached' ? [one.data] : [],
      ),
    ).toMatchObject([
      { level: 1, notify: ['group:default/payments', ana.ref] },
      {
        level: 2,
        notify: ['group:default/payments', ana.ref, 'user:default/cho'],
      },
    ]);
  });
});

describe('the review', () => {
  const resolved = () => {
    const play = new Play().declare();
    play.do({ type: 'set-impact', message: 'i' }, ana);
    play.do({ type: 'record-mitigation', message: 'm' }, ana);
    play.do({ type: 'resolve' }, ana);
    return play;
  };

  it('is in progress from its start, and stays what it became', () => {
    const play = resolved();
    expect(play.incident.review.state).toBe('none');
    play.do({ type: 'start-review' }, ana);
    expect(play.incident).toMatchObject({
      status: 'learning',
      review: { state: 'draft', summary: '' },
    });
    play.do({ type: 'waive-review', reason: 'r' }, ana);
    play.do({ type: 'edit-review', review: { summary: 's' } }, ana);
    expect(play.incident.review.state).toBe('waiver-requested');
    play.do({ type: 'approve-waiver' }, ben);
    expect(() => play.do({ type: 'complete-review' }, ana)).toThrow(
      'The review of INC-1 is waived already',
    );
  });

  it('may be waived before it is begun, and stays so when it is', () => {
    const play = resolved();
    play.do({ type: 'waive-review', reason: 'r' }, ana);
    play.do({ type: 'start-review' }, ana);
    expect(play.incident.review.state).toBe('waiver-requested');
  });

  it('is complete with summary, causes and what went well', () => {
    const play = resolved();
    expect(() => play.do({ type: 'complete-review' }, ana)).toThrow(
      expect.objectContaining({
        missing: [
          'write what happened in the review',
          'write what led to it in the review',
          'write what went well in the review',
        ],
      }),
    );
    play.do(
      {
        type: 'edit-review',
        review: { summary: 's', causes: 'c', wentWell: 'w' },
      },
      ana,
    );
    expect(play.incident.status).toBe('learning');
    play.do({ type: 'complete-review' }, ana);
    expect(play.duty('review')).toBeUndefined();
  });

  it('lets go of the incident when items have owner and date, done or not', () => {
    const play = resolved();
    play.do({ type: 'add-action-item', actionItem: { title: 't' } }, ana);
    play.do({ type: 'waive-review', reason: 'r' }, ana);
    expect(() => play.do({ type: 'approve-waiver' }, ana)).toThrow(
      'a second person',
    );
    play.do({ type: 'approve-waiver' }, ben);
    expect(() => play.do({ type: 'close' }, ana)).toThrow('an owner');
    const [{ actionItemId }] = play.incident.actionItems;
    play.do(
      {
        type: 'edit-action-item',
        actionItemId,
        actionItem: { owner: ben.ref, dueOn: '2026-12-01' },
      },
      ana,
    );
    play.do({ type: 'close' }, ana);
    // Followed to its end, also after the incident is closed.
    play.do({ type: 'complete-action-item', actionItemId }, ben);
    expect(play.incident.actionItems[0].state).toBe('done');
  });
});
