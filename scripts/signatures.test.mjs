import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pathOf } from './lib/signatures.mjs';

const HASH = 'a'.repeat(64);
const requests = [];
let server;
let refuse;

before(async () => {
  server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    requests.push({
      method: req.method,
      url: req.url,
      as: req.headers['x-handrail-demo-user'] ?? req.headers.authorization,
      body: body && JSON.parse(body),
    });
    const answer = (status, value) => {
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(value));
    };
    if (req.url === '/api/auth/demo/refresh') {
      const name = req.headers['x-handrail-demo-user'];
      answer(200, { backstageIdentity: { token: `token of ${name}` } });
    } else if (req.url.endsWith('/control')) {
      answer(200, { currentHash: HASH });
    } else if (req.url === '/api/sop/procedures') {
      const sentence = 'Revision 1 is in force.';
      answer(200, {
        items: [{ title: 'Release', sopRef: 'sop:default/release', sentence }],
      });
    } else if (refuse) {
      answer(409, { error: { message: 'You have signed it already.' } });
    } else {
      answer(201, { sentence: 'Revision 1 is in force.' });
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
});

beforeEach(() => {
  requests.length = 0;
  refuse = false;
});

after(() => server.close());

async function run(...args) {
  const { port } = server.address();
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('sop.mjs', import.meta.url)),
      ...args,
      '--url',
      `http://127.0.0.1:${port}`,
    ],
    { env: { ...process.env, HANDRAIL_TOKEN: '' } },
  );
  let output = '';
  const keep = chunk => {
    output += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise(done => child.on('close', done));
  return { code, output };
}

test('signs as each person in turn, what the file has now', async () => {
  const { code, output } = await run(
    'sign',
    'release',
    ...['--as', 'priya.raman', '--as', 'user:default/noor.haddad'],
    ...['--reason', 'Read it'],
  );
  assert.equal(code, 0, output);
  assert.match(output, /priya\.raman: Revision 1 is in force\./);
  const signed = requests.filter(one => one.method === 'POST');
  assert.deepEqual(
    signed.map(({ url, as, body }) => [url, as, body.meaning, body.reason]),
    ['priya.raman', 'noor.haddad'].map(name => [
      `/api/sop/procedures/default/release/revisions/${HASH}/signatures`,
      `Bearer token of user:default/${name}`,
      'approval',
      'Read it',
    ]),
  );
  assert.notEqual(signed[0].body.commandId, signed[1].body.commandId);
});

test('says what the back end refuses, and fails', async () => {
  refuse = true;
  const { code, output } = await run('sign', 'release', '--as', 'mia.okafor');
  assert.equal(code, 1);
  assert.match(output, /You have signed it already\./);
});

test('lists how procedures stand', async () => {
  const { code, output } = await run('list');
  assert.equal(code, 0, output);
  assert.match(output, /Release \(sop:default\/release\)\n {2}Revision 1/);
});

test('explains itself when something is missing', async () => {
  assert.equal((await run()).code, 2);
  const { code, output } = await run('sign', 'release');
  assert.equal(code, 1);
  assert.match(output, /--as <person>/);
  assert.deepEqual(requests, []);
});

test('takes names and refs', () => {
  assert.equal(pathOf('release'), 'default/release');
  assert.equal(pathOf('sop:default/release'), 'default/release');
  assert.equal(pathOf('team/release'), 'team/release');
  assert.throws(() => pathOf('a/b/c'), /not a procedure/);
});
