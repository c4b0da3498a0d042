import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  DEFAULT_ALLOWED_ACTIONS,
  isActionAllowed,
  readSopConfig,
} from './config';

const read = (data: JsonObject) =>
  readSopConfig(mockServices.rootConfig({ data }));

describe('readSopConfig', () => {
  it('has defaults for everything', () => {
    expect(read({})).toEqual({
      requireInteractive: false,
      allowedActions: DEFAULT_ALLOWED_ACTIONS,
      endpoints: new Map(),
      listen: { topics: [], webhooks: new Map() },
      cadence: 2000,
      concurrency: 10,
      leaseMs: 30_000,
    });
  });

  it.each([
    [{ experimentalDynamicClientRegistration: { enabled: true } }, true],
    [{ clientIdMetadataDocuments: { enabled: true } }, true],
    [{ experimentalClientIdMetadataDocuments: { enabled: true } }, true],
    [{ clientIdMetadataDocuments: { enabled: false } }, false],
  ])(
    'asks for an interactive sign-in where OAuth clients get tokens: %j',
    (auth, expected) => {
      expect(read({ auth }).requireInteractive).toBe(expected);
      const said = { sop: { approvals: { requireInteractive: !expected } } };
      expect(read({ auth, ...said }).requireInteractive).toBe(!expected);
    },
  );

  it('reads endpoints', () => {
    const { endpoints } = read({
      sop: {
        endpoints: [
          { name: 'a', url: 'https://a.test/x', headers: { 'X-Key': 'k' } },
        ],
      },
    });
    expect(endpoints.get('a')).toEqual({
      name: 'a',
      url: new URL('https://a.test/x'),
      headers: { 'X-Key': 'k' },
    });
  });

  it.each<[JsonObject, string]>([
    [
      { endpoints: [{ name: 'A b', url: 'http://a' }] },
      'sop.endpoints[0].name is "A b"; expected lower-case letters',
    ],
    [
      { endpoints: [{ name: 'a', url: 'file:///etc/passwd' }] },
      'sop.endpoints[0].url is "file:///etc/passwd"; expected a URL that begins with http:// or https://',
    ],
    [
      { endpoints: [{ name: 'a', url: 'http://me:secret@a' }] },
      'sop.endpoints[0].url contains a user name or a password',
    ],
    [
      {
        endpoints: [
          { name: 'a', url: 'http://a' },
          { name: 'a', url: 'http://b' },
        ],
      },
      'sop.endpoints[1].name is "a", which an endpoint before it has already',
    ],
    [
      { endpoints: [{ name: 'a', url: 'http://a', headers: { n: 1 } }] },
      'sop.endpoints[0].headers.n is a number; expected a string',
    ],
    [
      { actions: { allow: ['*'] } },
      'sop.actions.allow[0] is "*"; expected <pluginId>:<name>',
    ],
    [
      { worker: { cadence: 'PT1M' } },
      'sop.worker.cadence is "PT1M"; expected an ISO 8601 duration',
    ],
    [
      { worker: { cadence: 'often' } },
      'sop.worker.cadence is "often"; expected an ISO 8601 duration',
    ],
    [
      { worker: { lease: 'PT1H' } },
      'sop.worker.lease is "PT1H"; expected an ISO 8601 duration from PT1S to PT10M',
    ],
    [
      { worker: { concurrency: 0 } },
      'sop.worker.concurrency is 0; expected a whole number from 1 to 100',
    ],
  ])('refuses %j', (sop, message) => {
    expect(() => read({ sop })).toThrow(message);
  });
});

describe('isActionAllowed', () => {
  it.each([
    ['catalog:get-entity', true],
    ['catalog:register-entity', false],
    ['sop:http-get', true],
    ['sop:http-get-all', false],
    ['sop:start-run', false],
    ['xcatalog:get-entity', false],
  ])('%s: %s', (id, expected) => {
    expect(isActionAllowed(id, DEFAULT_ALLOWED_ACTIONS)).toBe(expected);
  });
});
