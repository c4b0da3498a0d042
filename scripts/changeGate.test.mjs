import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import '../plugins/scaffolder-backend-module-golden-paths/worker/jsonModules.mjs';
import { root } from './lib/paths.mjs';

const SCRIPT = join(root, 'docs/examples/change-gate.sh');
const WORKFLOW = join(root, 'docs/examples/change-gate.yml');
const missing = ['curl', 'jq'].filter(
  tool => spawnSync(tool, ['--version']).error,
);
const options = { skip: missing.length ? `needs ${missing}` : false };

let server;
let asked;
let answer;

before(async () => {
  server = createServer((request, response) => {
    asked = { url: request.url, token: request.headers.authorization };
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  });
  await new Promise(done => {
    server.listen(0, '127.0.0.1', done);
  });
});
after(() => server.close());

function ask(args = ['component:default/payments-api'], env = {}) {
  const url = `http://127.0.0.1:${server.address().port}`;
  const child = spawn('sh', [SCRIPT, ...args], {
    env: { ...process.env, PORTAL_URL: url, PORTAL_TOKEN: 'secret', ...env },
  });
  let out = '';
  child.stdout.on('data', data => {
    out += data;
  });
  child.stderr.on('data', data => {
    out += data;
  });
  return new Promise(done => {
    child.on('close', code => done({ code, out }));
  });
}

test('ends with 0 while the gate is open', options, async () => {
  answer = {
    status: 200,
    body: { allowed: true, sentence: 'Yes.', reasons: [] },
  };
  assert.deepEqual(await ask(), { code: 0, out: 'Yes.\n' });
  assert.equal(asked.token, 'Bearer secret');
  const { pathname, searchParams } = new URL(asked.url, 'http://portal');
  assert.equal(pathname, '/api/sop/gate');
  assert.equal(searchParams.get('entityRef'), 'component:default/payments-api');
});

test('ends with 1 while it is closed, with when and who', options, async () => {
  answer = {
    status: 200,
    body: {
      allowed: false,
      sentence: 'No.',
      opensAt: '2026-11-09T00:00:00.000Z',
      reasons: [
        {
          sentence: 'A freeze.',
          until: '2026-11-09T00:00:00.000Z',
          unblockers: ['group:default/ops'],
        },
        { sentence: '61 % are left.' },
      ],
    },
  };
  assert.deepEqual(await ask(), {
    code: 1,
    out: `No.
- A freeze. Until 2026-11-09T00:00:00.000Z. Can be ended by group:default/ops.
- 61 % are left.
It opens 2026-11-09T00:00:00.000Z.
`,
  });
});

test('ends with 2 when it cannot be asked', options, async () => {
  answer = { status: 403, body: { error: { message: 'denied' } } };
  const { code, out } = await ask();
  assert.equal(code, 2);
  assert.match(out, /could not be asked: .*denied/);
  const wrong = await ask([], {});
  assert.equal(wrong.code, 2);
  assert.match(wrong.out, /usage:/);
  assert.equal((await ask(undefined, { PORTAL_TOKEN: '' })).code, 2);
});

test('the workflow is one that GitHub accepts', async () => {
  const { parseWorkflow, NoOperationTraceWriter } = await import(
    '@actions/workflow-parser'
  );
  const content = readFileSync(WORKFLOW, 'utf8');
  const check = text =>
    parseWorkflow(
      { name: 'change-gate.yml', content: text },
      new NoOperationTraceWriter(),
    )
      .context.errors.getErrors()
      .map(error => error.message);
  assert.deepEqual(check(content), []);
  assert.notDeepEqual(check(content.replace('runs-on', 'run-on')), []);
});
