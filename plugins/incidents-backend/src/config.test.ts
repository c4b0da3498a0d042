import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readIncidentsConfig } from './config';

const read = (incidents?: JsonObject) =>
  readIncidentsConfig(new ConfigReader(incidents ? { incidents } : {}));

it('has the severities of the procedures by default', () => {
  const { policy, alerts, cadence } = read();
  expect(policy.severities.map(one => one.id)).toEqual([
    'SEV-1',
    'SEV-2',
    'SEV-3',
    'SEV-4',
  ]);
  expect(policy.obligations).toMatchObject([
    { kind: 'commander', severities: ['SEV-1', 'SEV-2'], due: 'PT5M' },
    { kind: 'update', severities: ['SEV-1', 'SEV-2'], due: 'PT30M' },
    { kind: 'review', due: { businessDays: 5 } },
  ]);
  expect(alerts.severities.critical).toBe('SEV-2');
  expect(cadence).toBe(2000);
});

it('keeps the defaults that fit to other severities', () => {
  const row = { title: 't', definition: 'd', response: 'r' };
  const { policy } = read({
    severities: [
      { id: 'SEV-1', ...row },
      { id: 'P9', ...row },
    ],
  });
  expect(policy.obligations[0].severities).toEqual(['SEV-1']);
  expect(policy.waiverNeedsSecond).toEqual(['SEV-1']);
});

it.each<[string, JsonObject, string]>([
  ['no severity', { severities: [] }, 'incidents.severities is empty'],
  [
    'no commander',
    { roles: [{ id: 'scribe', title: 't', description: 'd' }] },
    'a role with the id "commander" is needed',
  ],
  [
    'a rule for what there is not',
    {
      obligations: [
        {
          kind: 'update',
          severities: ['SEV-7'],
          due: 'PT5M',
          levels: [{ after: 'PT0S', notify: [] }],
        },
      ],
    },
    'incidents.obligations[0].severities[0] is "SEV-7"; allowed are SEV-1',
  ],
  [
    'a time that is none',
    {
      obligations: [
        {
          kind: 'update',
          severities: ['SEV-1'],
          due: 'half an hour',
          levels: [{ after: 'PT0S', notify: [] }],
        },
      ],
    },
    'incidents.obligations[0].due is "half an hour"',
  ],
  ['an offer for ever', { offerExpiry: 'P1Y' }, 'incidents.offerExpiry'],
  [
    'a zone that is none',
    { calendar: { timezone: 'Mars/Olympus' } },
    'incidents.calendar.timezone is "Mars/Olympus"',
  ],
  [
    'an engine that sleeps',
    { engine: { cadence: 'PT1H' } },
    'incidents.engine.cadence is "PT1H"',
  ],
  [
    'groups by nothing known',
    { alerts: { groupBy: 'moon' } },
    'incidents.alerts.groupBy is "moon"',
  ],
  [
    'alerts of an unknown severity',
    { alerts: { severities: { page: 'SEV-0' } } },
    'incidents.alerts.severities.page is "SEV-0"',
  ],
])('refuses %s', (_, incidents, message) => {
  expect(() => read(incidents)).toThrow(message);
});
