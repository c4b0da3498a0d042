import type { LoggerService } from '@backstage/backend-plugin-api';
import { DEFAULT_INCIDENT_POLICY } from '@handrail/plugin-incidents-common';
import createKnex from 'knex';
import { IncidentStore } from '../database/IncidentStore';
import { DutyWorker } from '../engine/DutyWorker';

const logger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/**
 * A process with a duty engine that says what it is about to do. It either
 * claims what is due and hangs before it fires, or works like a replica.
 */
async function main(): Promise<void> {
  const { config, mode, leaseMs } = JSON.parse(process.argv[2]);
  const knex = createKnex(config);
  const store = await IncidentStore.create({
    database: { getClient: async () => knex, migrations: { skip: true } },
  });
  const say = (word: string) => process.stdout.write(`${word}\n`);
  if (mode === 'hang') {
    for (;;) {
      const claims = await store.claimObligations({
        owner: 'hanging',
        limit: 10,
        leaseMs,
      });
      if (claims.length) {
        say('claimed');
        await new Promise(() => setInterval(() => {}, 1000));
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
  const worker = new DutyWorker({
    store,
    policy: DEFAULT_INCIDENT_POLICY,
    logger,
    cadence: 100,
    leaseMs,
  });
  say('ready');
  for (;;) {
    await worker.wake();
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
