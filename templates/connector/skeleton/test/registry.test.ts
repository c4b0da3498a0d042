import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectorRegistry, registration } from '../src/index.ts';

describe('the registry', () => {
  it('makes a connector by its name', () => {
    const registry = new ConnectorRegistry().register(registration);
    assert.deepEqual(registry.names(), [registration.name]);
    const found = registry.get(registration.name);
    const connector = found.createConnector({ baseUrl: 'http://localhost:9' });
    assert.ok(connector.getCapabilities().pageSize > 0);
    assert.ok(found.createNormalizer());
  });

  it('refuses a name twice, a bad name, and one that is not there', () => {
    const registry = new ConnectorRegistry().register(registration);
    assert.throws(() => registry.register(registration), /registered already/);
    assert.throws(
      () => registry.register({ ...registration, name: 'Bad name' }),
      /found "Bad name", allowed are/,
    );
    assert.throws(
      () => registry.get('nothing'),
      new RegExp(`"nothing", there are: ${registration.name}`),
    );
  });
});
