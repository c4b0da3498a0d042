import { describeIncidentEvent, describeIncidentHeadline } from '../view';
import { GUARDS, guardRefusal } from './guards';
import { person, Play } from './testUtils';
import type { IncidentCommandType } from '../api/types';

const ana = person('ana');
const TYPES = Object.keys(GUARDS) as IncidentCommandType[];

describe('what stands in the way of a command', () => {
  const stages: Array<[string, () => Play]> = [
    ['declared', () => new Play().declare()],
    [
      'resolved',
      () => {
        const play = new Play().declare();
        play.do({ type: 'set-impact', message: 'i' }, ana);
        play.do({ type: 'record-mitigation', message: 'm' }, ana);
        play.do({ type: 'resolve' }, ana);
        play.do({ type: 'add-action-item', actionItem: { title: 't' } }, ana);
        return play;
      },
    ],
  ];

  it.each(stages)('is said in words, without command ids: %s', (_, stage) => {
    const { incident } = stage();
    const refusals = TYPES.flatMap(type => guardRefusal(incident, type) ?? []);
    expect(refusals.length).toBeGreaterThan(4);
    for (const { message, missing } of refusals) {
      const text = [message, ...missing].join(' ');
      expect(text).toContain('INC-1');
      expect(text).not.toMatch(/\([a-z-]+\)|"/);
      for (const type of TYPES.filter(one => one.includes('-'))) {
        expect(text).not.toContain(type);
      }
    }
  });

  it('tells what to do first', () => {
    const { incident } = new Play().declare();
    expect(guardRefusal(incident, 'resolve')).toEqual({
      message:
        'INC-1: to resolve it, first record what mitigated it and when; record the impact',
      missing: ['record what mitigated it and when', 'record the impact'],
    });
    expect(guardRefusal(incident, 'reopen')).toEqual({
      message:
        'INC-1 is investigating; to reopen it, it must be resolved or learning',
      missing: [],
    });
  });
});

it('calls people as they are known, else by user name', () => {
  const play = new Play().declare({ takeCommand: true });
  expect(describeIncidentHeadline(play.incident)).toBe(
    'Next: ana must post an update',
  );
  const offer = {
    type: 'role.offered',
    data: { role: 'scribe', to: 'user:default/ben' },
  } as Parameters<typeof describeIncidentEvent>[0];
  expect(describeIncidentEvent(offer).text).toBe(
    'offered the role scribe to ben',
  );
  expect(describeIncidentEvent(offer, () => 'Ben Long').text).toBe(
    'offered the role scribe to Ben Long',
  );
});
