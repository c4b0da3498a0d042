import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { Actor, decide } from '@handrail/plugin-sop-common';
import createKnex from 'knex';
import { DatabaseRunStore } from '../DatabaseRunStore';

const logger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => logger,
};

const actor: Actor = {
  ref: 'user:default/dev',
  kind: 'user',
  ownershipEntityRefs: ['user:default/dev', 'group:default/developers'],
};

/** Claims and releases the task of one run for ever. */
async function work(store: DatabaseRunStore, runId: string): Promise<never> {
  for (;;) {
    const commandId = randomUUID();
    await store.transact(
      runId,
      { commandId, actorRef: actor.ref },
      ({ state, spec, now }) => {
        const { claimedBy, version } = state.steps.work;
        return decide(
          state,
          {
            type: claimedBy ? 'release' : 'claim',
            stepId: 'work',
            taskVersion: version,
          },
          { now, spec, actor },
        );
      },
    );
    // Pipes are written to at once, so no answer gets lost in memory.
    process.stdout.write(`${commandId}\n`);
  }
}

async function main(): Promise<void> {
  const { config, runIds } = JSON.parse(process.argv[2]);
  const knex = createKnex(config);
  const store = await DatabaseRunStore.create({
    database: { getClient: async () => knex, migrations: { skip: true } },
    logger,
  });
  await Promise.all(runIds.map((runId: string) => work(store, runId)));
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
