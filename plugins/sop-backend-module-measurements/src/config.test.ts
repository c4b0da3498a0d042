import { ConfigReader } from '@backstage/config';
import { named, readMeasurementConfig } from './config';

const read = (measurements: object) =>
  readMeasurementConfig(new ConfigReader({ sop: { measurements } as any }));

describe('readMeasurementConfig', () => {
  it('reads servers and databases by name', () => {
    const { servers, databases } = read({
      prometheus: [{ name: 'a', url: 'http://prometheus:9090/' }],
      postgres: [{ name: 'b', connection: 'postgresql://reader@db/shop' }],
    });
    expect(servers.get('a')).toEqual({
      name: 'a',
      url: 'http://prometheus:9090',
      headers: {},
    });
    expect(databases.get('b')?.connection).toBe('postgresql://reader@db/shop');
  });

  it('is empty without a configuration', () => {
    const { servers, databases } = readMeasurementConfig(new ConfigReader({}));
    expect([servers.size, databases.size]).toEqual([0, 0]);
  });

  it.each([
    [
      { prometheus: [{ name: 'A b', url: 'http://x' }] },
      'sop.measurements.prometheus[0].name is "A b"; expected lower-case letters, digits and dashes, at most 63',
    ],
    [
      {
        prometheus: [
          { name: 'a', url: 'http://x' },
          { name: 'a', url: 'http://y' },
        ],
      },
      'sop.measurements.prometheus[1].name is "a", which one before it has already; names must be unique',
    ],
    [
      { prometheus: [{ name: 'a', url: 'ftp://x' }] },
      'sop.measurements.prometheus[0].url is "ftp://x"; expected a URL that begins with http:// or https://',
    ],
  ])('refuses %j', (measurements, message) => {
    expect(() => read(measurements)).toThrow(message);
  });

  it('does not repeat a connection string, which may hold a password', () => {
    const refused = () =>
      read({ postgres: [{ name: 'a', connection: 'mysql://u:secret@h/d' }] });
    expect(refused).toThrow(
      'sop.measurements.postgres[0].connection is not a connection string; expected one that begins with postgresql://',
    );
    expect(refused).not.toThrow(/secret/);
  });
});

it('names what is configured when a step names something else', () => {
  const key = 'sop.measurements.prometheus';
  const ask = (known: Map<string, number>) =>
    named(known, { field: 'server', name: 'c', key });
  expect(() =>
    ask(
      new Map([
        ['b', 1],
        ['a', 2],
      ]),
    ),
  ).toThrow('server: found "c"; allowed: a, b');
  expect(() => ask(new Map())).toThrow(
    'server: found "c"; allowed: none, sop.measurements.prometheus is empty',
  );
});
