import { ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import alertmanagerModule from '.';
import {
  Harness,
  startHarness,
} from '@handrail/plugin-incidents-backend/testUtils';

jest.setTimeout(120_000);

const PROGRAM = process.env.HANDRAIL_ALERTMANAGER;
const TOKEN = 'a-token-for-the-tests';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/**
 * Debian's build reads its templates from /usr/share. Where the package was
 * only unpacked, the program gets to see its own share folder there.
 */
function run(program: string, args: string[]): ChildProcess {
  const templates = 'prometheus/alertmanager/default.tmpl';
  const share = join(dirname(program), '../share');
  if (
    !existsSync(join('/usr/share', templates)) &&
    existsSync(join(share, templates))
  ) {
    return spawn(
      'unshare',
      [
        '--mount',
        '--map-root-user',
        'sh',
        '-c',
        'mount --bind "$0" /usr/share && exec "$@"',
        share,
        program,
        ...args,
      ],
      { stdio: 'ignore' },
    );
  }
  return spawn(program, args, { stdio: 'ignore' });
}

/** Waits until it gives something. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error('Waited in vain');
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** @throws Error that says how to get the program. */
function requireProgram(): string {
  if (!PROGRAM) {
    throw new Error(
      'HANDRAIL_ALERTMANAGER is not set; allowed is the path of the program alertmanager. `./portal test` brings the program and sets the variable.',
    );
  }
  return PROGRAM;
}

describe('the real Alertmanager', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-alertmanager-'));
  let alertmanager: ChildProcess | undefined;
  let portal: Harness | undefined;

  afterAll(async () => {
    alertmanager?.kill('SIGKILL');
    await portal?.stop();
    rmSync(folder, { recursive: true });
  });

  it('delivers an alert and its end', async () => {
    const executable = requireProgram();
    portal = await startHarness({
      features: [alertmanagerModule],
      config: {
        incidents: {
          alertmanager: { sources: [{ name: 'main', token: TOKEN }] },
        },
      },
    });
    const ana = portal.as('ana');
    const port = await freePort();
    const file = join(folder, 'alertmanager.yml');
    const { port: portalPort } = portal.backend.server;
    writeFileSync(
      file,
      `route:
  receiver: portal
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: portal
    webhook_configs:
      - url: http://127.0.0.1:${portalPort()}/api/incidents/alertmanager/main
        send_resolved: true
        http_config:
          authorization:
            credentials: ${TOKEN}
`,
    );
    alertmanager = run(executable, [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ]);
    const post = async (alert: object) => {
      const response = await fetch(`http://127.0.0.1:${port}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([alert]),
      });
      return response.ok ? true : undefined;
    };
    const alert = {
      labels: {
        alertname: 'PaymentsFail',
        component: 'checkout',
        severity: 'page',
      },
      annotations: { summary: 'Payments fail' },
      startsAt: new Date(Date.now() - 60_000).toISOString(),
    };
    await until(() => post(alert));

    const proposed = await until(async () => {
      const page = await ana.read('/incidents?open=true');
      return page.items[0];
    });
    expect(proposed).toMatchObject({
      status: 'proposed',
      severity: 'SEV-1',
      title: 'checkout: Payments fail',
    });
    const [episode] = (await ana.read('/alerts')).items;
    expect(episode).toMatchObject({
      source: 'main',
      name: 'PaymentsFail',
      open: true,
      startsAt: alert.startsAt,
      entityRef: 'component:default/checkout',
      incidentReference: proposed.reference,
    });
    expect(episode.fingerprint).toMatch(/^[0-9a-f]{16}$/);

    await post({ ...alert, endsAt: new Date(Date.now() - 1000).toISOString() });
    const over = await until(async () => {
      const page = await ana.read('/alerts?open=false');
      return page.items[0];
    });
    expect(over.episodeId).toBe(episode.episodeId);
    expect((await ana.read('/alerts')).items).toHaveLength(1);
    const verdicts = (await ana.read('/deliveries')).items;
    expect(
      verdicts.every((one: { verdict: string }) => one.verdict === 'accepted'),
    ).toBe(true);
  });
});
