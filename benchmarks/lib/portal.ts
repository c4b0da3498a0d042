import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { Entity } from '@backstage/catalog-model';
import { HttpClient } from './http';
import { ComposedService, composedService } from './composed';

const CATALOG = resolve(__dirname, '../../catalog');
const KINDS = 'Component System API Resource Domain User Group SOP'.split(' ');

export interface BenchPortal extends ComposedService {
  http: HttpClient;
  /** A token of one of the demo organisation's people. */
  tokenOf(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A portal in this process: catalog, sign-in, permissions, notifications,
 * signals and procedures, as they are in production save that the log goes to
 * a file and the sign-in is the demo's.
 * @param options - `procedures`: registered besides the demo organisation
 */
export async function startPortal(options: {
  database: JsonObject;
  procedures: Entity[];
}): Promise<BenchPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-bench-portal-'));
  const file = join(folder, 'procedures.yaml');
  // JSON is YAML.
  writeFileSync(
    file,
    options.procedures.map(entity => JSON.stringify(entity)).join('\n---\n'),
  );
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const config = new ConfigReader({
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: options.database,
    },
    auth: { environment: 'development', providers: { demo: {} } },
    permission: { enabled: true },
    catalog: {
      rules: [{ allow: KINDS }],
      locations: [
        join(CATALOG, 'org.yaml'),
        join(CATALOG, 'systems.yaml'),
        file,
      ].map(target => ({ type: 'file', target })),
    },
    sop: { approvals: { requireInteractive: true } },
  });

  const backend = createBackend();
  const composed = composedService();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
  );
  backend.add(
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => fileLogger(join(folder, 'log')),
    }),
  );
  backend.add(composed.plugin);
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@handrail/plugin-auth-backend-module-demo'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(
    import('@backstage/plugin-permission-backend-module-allow-all-policy'),
  );
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@handrail/plugin-catalog-backend-module-sop'));
  backend.add(import('@handrail/plugin-sop-backend'));
  backend.add(import('@backstage/plugin-notifications-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  await backend.start();

  const http = new HttpClient(baseUrl);
  const tokenOf = async (name: string) => {
    const { body } = await http.send('GET', '/api/auth/demo/refresh', {
      headers: {
        'x-handrail-demo-user': `user:default/${name}`,
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    return JSON.parse(body).backstageIdentity.token as string;
  };
  await catalogIsRead(http, tokenOf, options.procedures.length);
  return {
    ...(await composed.ready),
    http,
    tokenOf,
    stop: async () => {
      http.close();
      await backend.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(done => {
    server.close(done);
  });
  return port;
}

/** One line of JSON per message, as production writes it. */
function fileLogger(file: string): RootLoggerService {
  const stream = createWriteStream(file);
  const logger = (common: JsonObject): RootLoggerService => {
    const write = (level: string) => (message: unknown, meta?: object) => {
      const line = { ...common, ...meta, level, message: String(message) };
      stream.write(`${JSON.stringify(line)}\n`);
      if (level === 'error') {
        process.stderr.write(`${message}\n`);
      }
    };
    return {
      error: write('error'),
      warn: write('warn'),
      info: write('info'),
      debug: () => {},
      child: meta => logger({ ...common, ...meta }),
    };
  };
  return logger({});
}

/** People and procedures come a little after the start. */
async function catalogIsRead(
  http: HttpClient,
  tokenOf: (name: string) => Promise<string>,
  procedures: number,
): Promise<void> {
  const paths = [
    'group/default/developers',
    'group/default/domain-owners',
    'component/default/payments-api',
  ];
  const end = Date.now() + 60_000 + procedures * 200;
  for (;;) {
    try {
      const token = await tokenOf('ana.duarte');
      await tokenOf('tomas.novak');
      for (const path of paths) {
        await http.send('GET', `/api/catalog/entities/by-name/${path}`, {
          token,
        });
      }
      const { body } = await http.send(
        'GET',
        '/api/catalog/entities/by-query?filter=kind=sop&limit=0',
        { token },
      );
      const { totalItems } = JSON.parse(body);
      if (totalItems < procedures) {
        throw new Error(`${totalItems} of ${procedures} procedures are read`);
      }
      return;
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise(done => {
        setTimeout(done, 250);
      });
    }
  }
}
