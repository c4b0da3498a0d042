import { stepState } from '@handrail/plugin-sop-common';
import { play } from './__testUtils__/plans';
import { Plan, Played } from './__testUtils__/Player';

const release = (plan: Plan = {}) => play('release', plan);

const minutes = ({ state }: Played, id: string) => {
  const { startedAt, endedAt } = stepState(state, id);
  return (Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '')) / 60_000;
};

const began = ({ state }: Played, id: string) => stepState(state, id).startedAt;

it('soaks for 30 minutes, and is watched for 30', () => {
  const played = release();
  expect([minutes(played, 'soak'), minutes(played, 'watch')]).toEqual([30, 30]);
});

it.each([
  // A Monday, from before 14:00 to after 18:00; a Friday evening; a Sunday.
  ['2026-11-02T09:00:00.000Z', '2026-11-02T14:00:00.000Z'],
  ['2026-11-02T14:00:00.000Z', '2026-11-02T14:30:00.000Z'],
  ['2026-11-02T17:40:00.000Z', '2026-11-03T14:00:00.000Z'],
  ['2026-11-06T18:00:00.000Z', '2026-11-09T14:00:00.000Z'],
  ['2026-11-08T09:00:00.000Z', '2026-11-09T14:00:00.000Z'],
])('started at %s it ships at %s', (start, ships) => {
  const played = release({ start });
  expect([began(played, 'go'), began(played, 'production')]).toEqual([
    ships,
    ships,
  ]);
});

it('says until when it is kept', () => {
  const { state } = release({ stopWhenBlocked: true });
  expect(state.steps.go.blocked?.blocks).toEqual([
    {
      kind: 'window',
      sentence: 'the window “release-hours” is closed',
      until: '2026-11-02T14:00:00.000Z',
      ref: 'release-hours',
    },
  ]);
});

it('ships a hotfix at any time, and the record says so', () => {
  const start = '2026-11-08T03:00:00.000Z';
  const played = release({ start, inputs: { hotfix: true } });
  expect(began(played, 'production')).toBe('2026-11-08T03:30:00.000Z');
  const bypassed = played.events.flatMap(event =>
    event.type === 'step.started' && event.data.bypassed
      ? [[event.data.stepId, ...event.data.bypassed]]
      : [],
  );
  expect(bypassed).toEqual([
    ['go', 'release-hours'],
    ['handover', 'release-hours'],
    ['production', 'release-hours'],
  ]);
  expect(played.completed).not.toContain('gate');
});

it('may end a deployment that was begun inside the hours', () => {
  const start = '2026-11-02T17:00:00.000Z';
  const hour = 3_600_000;
  const played = release({ start, takes: { production: hour } });
  expect(stepState(played.state, 'production').endedAt).toBe(
    '2026-11-02T18:30:00.000Z',
  );
});

it('has another captain each week, the same one to the end of a run', () => {
  const captains = ['2026-11-02', '2026-11-08', '2026-11-09', '2026-11-16'].map(
    day => {
      const { state } = release({ start: `${day}T09:00:00.000Z` });
      const { member } = state.roles!.captain;
      for (const id of ['notes', 'tag', 'staging', 'close']) {
        expect(stepState(state, id).actors).toEqual([member]);
      }
      return member;
    },
  );
  expect(captains[0]).toBe(captains[1]);
  expect(new Set(captains).size).toBe(3);
});

it('measures gate and monitor again when they are older than 10 minutes', () => {
  // Measured at 09:30; the decision is asked for at 14:00.
  const { events } = release();
  const again = events.flatMap(event =>
    event.type === 'check.outdated' ? [event.data.stepId] : [],
  );
  expect(again).toEqual(['gate', 'synthetic']);

  const fresh = release({ start: '2026-11-02T14:00:00.000Z' });
  expect(fresh.events.map(event => event.type)).not.toContain('check.outdated');
});

it.each([
  ['may-start', 'notes'],
  ['gate', 'go'],
  ['watch', 'red'],
])('is held at %s while the change gate is closed', (id, next) => {
  const sentence = 'shop must not be changed now. INC-7 (SEV-1) is open.';
  const { state } = release({
    outputs: { [id]: { allowed: false, sentence } },
  });
  expect(state.status).toBe('held');
  expect(state.steps[id]).toMatchObject({
    status: 'failed',
    error: { message: sentence },
  });
  expect(stepState(state, next).status).toBe('pending');
});

it('goes on watching a hotfix while the change gate is closed', () => {
  const { state } = release({
    inputs: { hotfix: true },
    outputs: { watch: { allowed: false, sentence: 'INC-7 (SEV-1) is open.' } },
  });
  expect(state.status).toBe('completed');
});
