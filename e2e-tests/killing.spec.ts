/**
 * The back end is killed at random moments while several people work. What was
 * acknowledged must have happened, once; what was not may be repeated.
 *
 * `HANDRAIL_FULL=1` kills it 40 times instead of 4.
 */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { BackendProcess } from './support/backend';

const KILLS = process.env.HANDRAIL_FULL ? 40 : 4;
const PORT = 7118;
const CLIENTS = 4;
/** Work between a start and the kill after it, at most, in milliseconds. */
const LONGEST_WORK = 2500;
const PERSON = 'ana.duarte';
const SOP = 'sop:default/data-change';

interface Run {
  runId: string;
  status: string;
  steps: Array<{
    id: string;
    version: number;
    status: string;
    claimedBy?: string;
  }>;
}

interface Sent {
  runId: string;
  /** The body as it was sent, to be repeated as it is. */
  body: {
    commandId: string;
    command: { type: string; stepId: string; comment?: string };
  };
  acknowledged: boolean;
}

interface JournalEvent {
  seq: number;
  type: string;
  data: { stepId?: string; comment?: string };
}

/** What a person knows after everything that happened. */
interface Knowledge {
  starts: Array<{ commandId: string; runId?: string }>;
  commands: Sent[];
}

const backend = new BackendProcess({
  name: 'e2e-killing',
  port: PORT,
  folder: resolve(__dirname, '../.portal/e2e-killing'),
});

let token = '';

test.beforeAll(() => backend.clear());
test.afterAll(() => backend.kill());

async function send(
  method: 'GET' | 'POST',
  path: string,
  data?: object,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${backend.baseUrl}/api/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(data ? { 'content-type': 'application/json' } : {}),
    },
    body: data && JSON.stringify(data),
  });
  return { status: response.status, body: await response.json() };
}

async function signIn(): Promise<void> {
  const response = await fetch(`${backend.baseUrl}/api/auth/demo/refresh`, {
    headers: {
      'x-handrail-demo-user': `user:default/${PERSON}`,
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  token = (await response.json()).backstageIdentity.token;
}

/** Ready to work: the catalog has the person, the target and the procedure. */
async function startAndSignIn(): Promise<void> {
  await backend.start();
  await expect(async () => {
    await signIn();
    for (const path of [
      'component/default/payments-api',
      'sop/default/data-change',
      'group/default/developers',
    ]) {
      const { status } = await send('GET', `catalog/entities/by-name/${path}`);
      expect(status).toBe(200);
    }
    // Runs are started from what the demo organisation has signed.
    const { body } = await send(
      'GET',
      'sop/procedures/default/data-change/control',
    );
    expect(body).toHaveProperty('effectiveHash');
  }).toPass({ timeout: 60_000, intervals: [200] });
}

function startBody(commandId: string) {
  return {
    commandId,
    sopRef: SOP,
    targetRef: 'component:default/payments-api',
    inputs: {
      ticket: 'DATA-7',
      summary: 'Work that is interrupted',
      database: 'ledger',
    },
  };
}

const EVIDENCE: Record<string, object> = {
  script: {
    script: 'UPDATE a',
    rollback: 'UPDATE b',
    expected_delta: 0,
    count_query: 'SELECT count(*) FROM entries',
  },
  staging: {
    rows_before: 1200,
    rows_after: 1200,
    output: 'UPDATE 12',
    rollback_works: true,
  },
};

/** The next thing that one person can do; nothing once somebody else is due. */
function nextCommand(run: Run): Sent['body'] | undefined {
  const step = run.steps.find(one =>
    ['ready', 'reserved'].includes(one.status),
  );
  if (!step || !EVIDENCE[step.id]) {
    return undefined;
  }
  const task = { stepId: step.id, taskVersion: step.version };
  const commandId = randomUUID();
  return {
    commandId,
    command: step.claimedBy
      ? {
          type: 'complete',
          ...task,
          evidence: EVIDENCE[step.id],
          // The mark by which the effect is found in the journal.
          comment: commandId,
        }
      : { type: 'claim', ...task },
  } as Sent['body'];
}

/**
 * Works on runs of its own until the back end is gone. An answer that is not
 * the expected one fails the test; no answer is what the test is about.
 */
async function work(known: Knowledge): Promise<void> {
  const answered = async (path: string, body: object) => {
    try {
      return await send('POST', path, body);
    } catch {
      return undefined;
    }
  };
  for (;;) {
    const start: Knowledge['starts'][number] = { commandId: randomUUID() };
    known.starts.push(start);
    const started = await answered('sop/runs', startBody(start.commandId));
    if (!started) {
      return;
    }
    expect(started.status, JSON.stringify(started.body)).toBe(201);
    let run = started.body as Run;
    start.runId = run.runId;
    for (
      let body = nextCommand(run);
      body !== undefined;
      body = nextCommand(run)
    ) {
      const sent: Sent = { runId: run.runId, body, acknowledged: false };
      known.commands.push(sent);
      const answer = await answered(`sop/runs/${run.runId}/commands`, body);
      if (!answer) {
        return;
      }
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      sent.acknowledged = true;
      run = answer.body as Run;
    }
  }
}

async function journal(runId: string): Promise<JournalEvent[]> {
  const { body } = await send('GET', `sop/runs/${runId}/journal?limit=200`);
  return (body as { items: JournalEvent[] }).items;
}

/** How often a command is in a journal, by what it did. */
function effects(events: JournalEvent[], { body }: Sent): number {
  const { type, stepId } = body.command;
  return events.filter(event =>
    type === 'claim'
      ? event.type === 'task.claimed' && event.data.stepId === stepId
      : event.type === 'step.completed' &&
        event.data.comment === body.commandId,
  ).length;
}

async function checkRun(runId: string, commands: Sent[]): Promise<void> {
  const before = await journal(runId);
  for (const sent of commands) {
    const times = effects(before, sent);
    if (sent.acknowledged) {
      expect(times, `${sent.body.command.type} in ${runId}`).toBe(1);
    } else {
      expect(times).toBeLessThanOrEqual(1);
    }
  }

  // Only the last one can have no answer; so a repeat of any other finds its
  // effect, and a repeat of the last one has it now at the latest.
  for (const { body } of commands) {
    const { status } = await send('POST', `sop/runs/${runId}/commands`, body);
    expect(status).toBe(200);
  }
  const after = await journal(runId);
  commands.forEach(sent => expect(effects(after, sent)).toBe(1));
  expect(after.slice(0, before.length)).toEqual(before);
  if (commands.every(sent => effects(before, sent) === 1)) {
    expect(after).toHaveLength(before.length);
  }

  // Not stuck: the next command works, whatever came before.
  let run = (await send('GET', `sop/runs/${runId}`)).body as Run;
  for (
    let body = nextCommand(run);
    body !== undefined;
    body = nextCommand(run)
  ) {
    const answer = await send('POST', `sop/runs/${runId}/commands`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    run = answer.body as Run;
  }
  expect(run.status).toBe('running');
  expect(run.steps.find(step => step.id === 'review')?.status).toBe('ready');

  const { body: verdict } = await send('POST', `sop/runs/${runId}/verify`);
  expect(verdict).toMatchObject({ ok: true });
}

test('nothing acknowledged is lost or done twice when the back end is killed', async () => {
  test.setTimeout(120_000 + KILLS * 40_000);
  const known: Knowledge = { starts: [], commands: [] };
  for (let kill = 0; kill < KILLS; kill++) {
    await startAndSignIn();
    const clients = Array.from({ length: CLIENTS }, () => work(known));
    // Rejections are looked at below.
    const results = Promise.allSettled(clients);
    await new Promise(done => {
      setTimeout(done, 200 + Math.random() * LONGEST_WORK);
    });
    await backend.kill();
    for (const result of await results) {
      expect(result).toMatchObject({ status: 'fulfilled' });
    }
  }
  await startAndSignIn();

  // A start that is repeated gives the run it made the first time, if it did.
  const runIds = new Set<string>();
  for (const { commandId, runId } of known.starts) {
    const { status, body } = await send(
      'POST',
      'sop/runs',
      startBody(commandId),
    );
    expect(status).toBe(201);
    const again = (body as Run).runId;
    if (runId) {
      expect(again).toBe(runId);
    }
    runIds.add(again);
  }
  expect(runIds.size).toBe(known.starts.length);

  const acknowledged = known.commands.filter(sent => sent.acknowledged);
  expect(acknowledged.length).toBeGreaterThan(0);
  for (const runId of runIds) {
    await checkRun(
      runId,
      known.commands.filter(sent => sent.runId === runId),
    );
  }

  // Nothing was made that nobody asked for.
  const { status, body } = await send(
    'GET',
    `sop/runs?sopRef=${encodeURIComponent(SOP)}&limit=200`,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  const { items } = body as { items: Run[] };
  items.forEach(({ runId }) => expect([...runIds]).toContain(runId));
});
