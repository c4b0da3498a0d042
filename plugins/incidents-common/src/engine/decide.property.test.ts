import fc from 'fast-check';
import { describeIncidentEvent, nextWake } from '../view';
import { IncidentCommand } from './commands';
import { replayIncident } from './evolve';
import { guardRefusal } from './guards';
import { isOpenObligation } from './obligations';
import { person, Play } from './testUtils';

const RUNS = process.env.HANDRAIL_FULL ? 20_000 : 400;
const PEOPLE = ['ana', 'ben', 'cho'];
const EXPECTED = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
];

const role = fc.constantFrom('commander', 'scribe');
const text = fc.constantFrom('because', '');
const command: fc.Arbitrary<IncidentCommand> = fc.oneof<
  fc.Arbitrary<IncidentCommand>[]
>(
  fc.record({
    type: fc.constantFrom(
      'acknowledge' as const,
      'monitor' as const,
      'resolve' as const,
      'start-review' as const,
      'complete-review' as const,
      'approve-waiver' as const,
      'close' as const,
    ),
  }),
  fc.record({
    type: fc.constantFrom(
      'take-role' as const,
      'accept-role' as const,
      'decline-role' as const,
      'release-role' as const,
    ),
    role,
    reason: text,
  }),
  fc.record({
    type: fc.constant('offer-role' as const),
    role,
    person: fc.constantFrom(...PEOPLE).map(name => person(name).ref),
  }),
  fc.record({
    type: fc.constantFrom(
      'post-update' as const,
      'note' as const,
      'set-impact' as const,
      'record-mitigation' as const,
      'identify' as const,
    ),
    message: text,
  }),
  fc.record({
    type: fc.constant('set-severity' as const),
    severity: fc.constantFrom('SEV-1', 'SEV-2', 'SEV-3', 'SEV-4', 'SEV-5'),
    reason: text,
  }),
  fc.record({
    type: fc.constantFrom('reopen' as const, 'waive-review' as const),
    reason: text,
  }),
  fc.record({
    type: fc.constant('edit-review' as const),
    review: fc.constant({ summary: 's', causes: 'c', wentWell: 'w' }),
  }),
  fc.record({
    type: fc.constant('add-action-item' as const),
    actionItem: fc.constantFrom<Record<string, string>>(
      { title: 't', owner: 'user:default/ana', dueOn: '2026-12-01' },
      { title: 't' },
    ),
  }),
);

const moves = fc.array(
  fc.record({
    who: fc.constantFrom(...PEOPLE),
    command,
    minutes: fc.constantFrom(0, 1, 4, 31, 600),
    fire: fc.boolean(),
  }),
  { maxLength: 60 },
);

function errorOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}

function check(play: Play): void {
  const state = play.incident;
  // The journal says it all.
  expect(replayIncident(play.events)).toEqual(state);
  expect(play.events.map(one => one.seq)).toEqual(
    play.events.map((_, index) => index + 1),
  );
  // Nobody holds a role without having said so.
  for (const [name, { holder }] of Object.entries(state.roles)) {
    const last = play.events
      .filter(
        one =>
          (one.type === 'role.taken' || one.type === 'role.accepted') &&
          one.data.role === name,
      )
      .at(-1);
    expect(holder === undefined || holder === last?.actor).toBe(true);
  }
  // One clock per duty, and none for what is over.
  for (const kind of ['commander', 'update', 'review']) {
    expect(
      state.obligations.filter(
        one => one.kind === kind && isOpenObligation(one),
      ).length,
    ).toBeLessThan(2);
  }
  if (state.status === 'closed') {
    expect(nextWake(state)).toBeUndefined();
    expect(['done', 'waived']).toContain(state.review.state);
  }
  const active = ['investigating', 'identified', 'monitoring'].includes(
    state.status,
  );
  const grave = ['SEV-1', 'SEV-2'].includes(state.severity);
  expect(play.duty('update') !== undefined).toBe(active && grave);
  expect(play.duty('commander') !== undefined).toBe(
    active && grave && !state.roles.commander?.holder,
  );
  // A breach is never forgotten, nor recorded before its time.
  for (const event of play.events) {
    if (event.type === 'obligation.breached') {
      const duty = state.obligations.find(
        one => one.obligationId === event.data.obligationId,
      )!;
      expect(duty.breachedAt).toBeDefined();
      expect(event.at >= duty.dueAt).toBe(true);
    }
    expect(describeIncidentEvent(event).text).not.toMatch(/undefined/);
  }
  const levels = play.events.flatMap(one =>
    one.type === 'obligation.breached'
      ? [`${one.data.obligationId}/${one.data.level}`]
      : [],
  );
  expect(new Set(levels).size).toBe(levels.length);
}

it('keeps its promises whatever people try', () => {
  fc.assert(
    fc.property(moves, list => {
      const play = new Play().declare();
      for (const { who, command: body, minutes, fire } of list) {
        play.forward(minutes);
        if (fire) {
          play.fire();
        }
        const refusal = guardRefusal(play.incident, body.type);
        const before = play.events.length;
        const error = errorOf(() => play.do(body, person(who)));
        // What the guard refuses is refused; refusals write nothing.
        expect(refusal && !error).toBeFalsy();
        expect([undefined, ...EXPECTED]).toContain(error);
        expect(error && play.events.length > before).toBeFalsy();
      }
      check(play);
    }),
    { numRuns: RUNS },
  );
});

it('is the same whenever duties are looked at, but for the record of it', () => {
  fc.assert(
    fc.property(moves, list => {
      const often = new Play().declare();
      const seldom = new Play().declare();
      for (const { who, command: body, minutes } of list) {
        for (const play of [often, seldom]) {
          play.forward(minutes);
          if (play === often) {
            play.fire();
          }
          try {
            play.do(body, person(who));
          } catch {
            // Refused in both alike; offers may be over in one only.
          }
        }
      }
      often.fire();
      seldom.fire();
      seldom.fire();
      const states = (play: Play) =>
        play.incident.obligations
          .filter(one => one.kind !== 'offer' && isOpenObligation(one))
          .map(({ kind, dueAt, state, level }) => ({
            kind,
            dueAt,
            state,
            level,
          }));
      const offers = list.some(one => one.command.type === 'accept-role');
      expect(offers ? [] : states(seldom)).toEqual(offers ? [] : states(often));
    }),
    { numRuns: RUNS },
  );
});
