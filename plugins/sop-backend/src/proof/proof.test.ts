import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  generateSigner,
  encodeSigner,
  signCheckpoint,
  TreeHasher,
} from '@handrail/journal';
import { verifyBundle } from '@handrail/sop-verify';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';
import { readProofConfig } from './config';
import { FileWitness, HttpWitness } from './witnesses';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'handrail-proof-'));
const logger = mockServices.logger.mock();
const signer = generateSigner('portal.example.com/sop');

afterAll(() => rmSync(folder, { recursive: true }));

const read = (proof: object, production = false) =>
  readProofConfig(new ConfigReader({ sop: { proof } } as any), {
    logger,
    production,
  });

describe('the configuration', () => {
  it('makes a key file for development, once, for nobody else to read', () => {
    const keyFile = join(folder, 'made', 'log.key');
    const { signers } = read({ keyFile });
    expect(statSync(keyFile).mode % 0o100).toBe(0);
    expect(read({ keyFile }).signers[0].vkey).toBe(signers[0].vkey);
  });

  it.each([
    [
      { signingKey: 'x' },
      'sop.proof.signingKey: The signing key does not begin',
    ],
    [{ checkpointEvery: 'PT0.1S' }, 'sop.proof.checkpointEvery is "PT0.1S"'],
    [{ checkpointEntries: 0 }, 'sop.proof.checkpointEntries is 0'],
    [
      { witnesses: [{}] },
      'sop.proof.witnesses[0] must have either file or url',
    ],
    [
      { witnesses: [{ url: 'ftp://x' }] },
      'sop.proof.witnesses[0].url is "ftp://x"',
    ],
  ])('refuses %p', (proof, message) => {
    expect(() => read(proof)).toThrow(message);
  });

  it('makes no key in production', () => {
    const keyFile = join(folder, 'absent.key');
    expect(read({ keyFile }, true).signers).toEqual([]);
    expect(existsSync(keyFile)).toBe(false);
  });
});

/** A log of so many leaves, and what a keeper would send of it. */
function checkpoint(size: number, salt = 0) {
  const tree = new TreeHasher();
  for (let i = 0; i < size; i++) {
    tree.add(Buffer.alloc(32, i + salt));
  }
  const note = signCheckpoint(
    { origin: 'portal.example.com/sop', size, root: tree.root() },
    [signer],
  );
  return { note, size, oldSize: 0, consistency: [], prove: async () => [] };
}

describe('witnesses', () => {
  it('keep checkpoints in a file and notice a log that went back', async () => {
    const file = join(folder, 'seen.txt');
    const witness = new FileWitness('file', file);
    expect(await witness.latest()).toBeUndefined();
    const first = checkpoint(3);
    await witness.submit(first);
    await witness.submit(first);
    expect(await witness.latest()).toBe(first.note);
    await expect(witness.submit(checkpoint(2))).rejects.toThrow(
      'The log went back: the witness has seen 3 entries, now there are 2',
    );
    await expect(witness.submit(checkpoint(3, 7))).rejects.toThrow(
      'The log was rewritten',
    );
    // No proof that it only grew.
    await expect(witness.submit(checkpoint(5))).rejects.toThrow(
      'The log was rewritten',
    );
    expect(readFileSync(file, 'utf8')).toBe(`${first.note}\n${first.note}\n`);
  });

  describe('by HTTP', () => {
    let server: Server;
    let answers: Array<[status: number, body: string]>;
    let bodies: string[];
    let witness: HttpWitness;

    beforeAll(async () => {
      server = createServer(async (req, res) => {
        let body = '';
        for await (const chunk of req) {
          body += chunk;
        }
        bodies.push(`${req.url}\n${body}`);
        const [status, text] = answers.shift() ?? [500, ''];
        res.writeHead(status).end(text);
      });
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const { port } = server.address() as AddressInfo;
      witness = new HttpWitness('web', `http://127.0.0.1:${port}/`, {});
    });

    beforeEach(() => {
      answers = [];
      bodies = [];
    });

    afterAll(() => {
      server.close();
    });

    it('tell what they have seen, and are told how the log grew', async () => {
      answers = [
        [409, '2\n'],
        [200, ''],
      ];
      const request = { ...checkpoint(3), prove: async () => ['cHJvb2Y='] };
      await witness.submit(request);
      expect(bodies).toEqual([
        `/add-checkpoint\nold 0\n\n${request.note}`,
        `/add-checkpoint\nold 2\ncHJvb2Y=\n\n${request.note}`,
      ]);
    });

    it.each([
      [[[409, '9']], 'The log went back: web has seen 9 entries'],
      [[[422, '']], 'The log was rewritten'],
      [[[503, '']], 'web answered 503'],
    ])('refuse: %p', async (given, message) => {
      answers = given as typeof answers;
      await expect(witness.submit(checkpoint(3))).rejects.toThrow(message);
    });
  });
});

describe('the API', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [
        procedure('plain', [
          { id: 'write', type: 'manual', name: 'Write it', role: 'developer' },
        ]),
      ],
      config: {
        sop: { proof: { signingKey: encodeSigner(signer) } },
      },
    });
  });

  beforeEach(() => harness.denied.clear());

  afterAll(() => harness.stop());

  async function run(): Promise<string> {
    const { body } = await harness.as('dev').start('plain');
    return body.runId;
  }

  it('exports a run that can be verified, and puts that on record', async () => {
    const runId = await run();
    const response = await harness
      .as('dev')
      .get(`/runs/${runId}/bundle`)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', chunk => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });
    expect(response.status).toBe(200);
    expect(response.headers['content-disposition']).toContain(
      `run-${runId}.zip`,
    );
    const report = verifyBundle(response.body, { keys: [signer.vkey] });
    expect(report).toMatchObject({ ok: true, findings: [], runs: 1 });
    expect(harness.audits.map(audit => audit.event.eventId)).toEqual(
      expect.arrayContaining(['export', 'log-checkpoint']),
    );
    const log = await harness.as('dev').get('/log');
    expect(log.body).toMatchObject({ keys: [{ vkey: signer.vkey }] });
    const verdict = await harness.as('dev').post('/log/verify');
    expect(verdict.body).toMatchObject({ ok: true, findings: [] });
  });

  it('is for those only whom the policy lets', async () => {
    const runId = await run();
    harness.denied.add('sop.proof.read');
    for (const path of [
      '/log',
      `/runs/${runId}/bundle`,
      '/bundle?from=2026-01-01T00%3A00%3A00Z&to=2027-01-01T00%3A00%3A00Z',
    ]) {
      const { status, body } = await harness.as('dev').get(path);
      expect(status).toBe(403);
      expect(body.error.message).toContain('sop.proof.read');
    }
    expect((await harness.as('dev').post('/log/verify')).status).toBe(403);
    expect((await harness.asNobody().get('/log')).status).toBe(401);
  });

  it.each([
    ['/runs/nope/bundle', 404, 'Run nope does not exist'],
    [
      '/bundle?from=2026-01-02T00%3A00%3A00Z&to=2026-01-01T00%3A00%3A00Z',
      400,
      'later',
    ],
    ['/bundle?from=2026-01-02T00%3A00%3A00Z', 400, 'to'],
  ])('refuses %s', async (path, status, message) => {
    const response = await harness.as('dev').get(path);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
  });
});
