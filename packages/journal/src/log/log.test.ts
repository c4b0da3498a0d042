import { createHash } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import {
  checkSignature,
  createLogTables,
  dropLogTables,
  encodeSigner,
  generateSigner,
  KnexLog,
  leafHash,
  openCheckpoint,
  parseNote,
  parseSigner,
  parseVerifier,
  signNote,
  TreeHasher,
  verifyConsistency,
  verifyInclusion,
} from '..';

jest.setTimeout(120_000);

const RUNS = process.env.HANDRAIL_FULL ? 2000 : 100;

/** Leaves and roots of the test suite of Certificate Transparency (RFC 6962, RFC 9162). */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(text => Buffer.from(text, 'hex'));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const data = (i: number) => createHash('sha256').update(`leaf ${i}`).digest();

const rootOf = (size: number) => {
  const tree = new TreeHasher();
  for (let i = 0; i < size; i++) {
    tree.add(data(i));
  }
  return tree.root();
};

it('hashes trees as RFC 9162 says', () => {
  const tree = new TreeHasher();
  ROOTS.forEach((root, size) => {
    expect(tree.root().toString('hex')).toBe(root);
    if (size < LEAVES.length) {
      tree.add(LEAVES[size]);
    }
  });
});

/** The example of the note package of Go. */
const NAME_KEY =
  'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PRIVATE =
  'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe('signed notes', () => {
  it('are those of other tools', () => {
    const signer = parseSigner(PRIVATE);
    expect(signer.vkey).toBe(NAME_KEY);
    expect(signNote(TEXT, [signer])).toBe(NOTE);
    expect(encodeSigner(signer)).toBe(PRIVATE);
    const { text, signatures } = parseNote(NOTE);
    expect(text).toBe(TEXT);
    const verifier = parseVerifier(NAME_KEY);
    expect(checkSignature(text, signatures[0], verifier)).toBe(true);
    expect(checkSignature(`${text}x\n`, signatures[0], verifier)).toBe(false);
  });

  it.each([
    ['', 'PRIVATE+KEY+'],
    ['PRIVATE+KEY+a+00000000+AAAA', 'not well-formed'],
    [PRIVATE.replace('c74f20a3', 'c74f20a4'), 'does not match its own hash'],
  ])('refuse the key %p', (text, message) => {
    expect(() => parseSigner(text)).toThrow(message);
  });

  it('refuse a public key that is not its own', () => {
    expect(() => parseVerifier(NAME_KEY.replace('Peter', 'Petra'))).toThrow(
      'does not match its own hash',
    );
    expect(() => generateSigner('a b')).toThrow('without spaces');
  });
});

describe('a log', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const log = KnexLog.create({ name: 'test_log' });
  const origin = 'portal.example.com/sop';

  describe.each(databases.eachSupportedId())('on %p', id => {
    async function grow(knex: any, to: number) {
      await knex.transaction(async (tx: any) => {
        const { size } = await log.lock(tx);
        const entries = Array.from({ length: to - size }, (_, i) => ({
          hash: data(size + i).toString('hex'),
          subject: `run-${(size + i) % 7}`,
          seq: size + i,
        }));
        await log.append(tx, size, entries, `at ${to}`);
      });
    }

    it('proves every leaf and every growth, and nothing else', async () => {
      const knex = await databases.init(id);
      await createLogTables(knex, 'test_log');
      for (const size of [1, 3, 255, 256, 257, 600, 1025]) {
        await grow(knex, size);
        expect(await log.root(knex, size)).toEqual(rootOf(size));
      }
      const total = await log.size(knex);
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: total }),
          fc.nat(total),
          async (size, any) => {
            const index = any % size;
            const root = rootOf(size);
            const path = await log.inclusionProof(knex, index, size);
            const leaf = leafHash(data(index));
            const sound = { leaf, index, size, path, root };
            expect(verifyInclusion(sound)).toBe(true);
            expect(verifyInclusion({ ...sound, leaf: leafHash(root) })).toBe(
              false,
            );
            // With a single leaf the next one is the same.
            expect(
              verifyInclusion({ ...sound, index: (index + 1) % size }),
            ).toBe(size === 1);
            const oldRoot = rootOf(index);
            const grown = {
              oldSize: index,
              oldRoot,
              size,
              root,
              path: await log.consistencyProof(knex, index, size),
            };
            expect(verifyConsistency(grown)).toBe(true);
            // Every tree begins with the empty one, whatever its root.
            expect(
              verifyConsistency({ ...grown, oldRoot: leafHash(root) }),
            ).toBe(index === 0);
            expect(
              verifyConsistency({ ...grown, path: [leafHash(root)] }),
            ).toBe(false);
          },
        ),
        { numRuns: RUNS },
      );
      await expect(log.inclusionProof(knex, 5, 5)).rejects.toThrow(
        'Leaf 5 is not among the first 5',
      );
    });

    it('lets one writer at a time append', async () => {
      const knex = await databases.init(id);
      await createLogTables(knex, 'test_log');
      await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          knex.transaction(async tx => {
            const { size } = await log.lock(tx);
            await log.append(
              tx,
              size,
              Array.from({ length: 50 }, (__, i) => ({
                hash: data(writer * 50 + i).toString('hex'),
                subject: `run-${writer}`,
                seq: i,
              })),
            );
          }),
        ),
      );
      const leaves = await log.leaves(knex, { from: 0, to: 1000 });
      expect(leaves.map(leaf => leaf.idx)).toEqual([...leaves.keys()]);
      expect(leaves).toHaveLength(400);
      // What each of them wrote stands together.
      leaves.forEach((leaf, i) => expect(leaf.seq).toBe(i % 50));
    });

    it('records each key and signs when it has grown', async () => {
      const knex = await databases.init(id);
      await createLogTables(knex, 'test_log');
      await grow(knex, 3);
      const sign = (at: string, signers: ReturnType<typeof generateSigner>[]) =>
        knex.transaction(async tx => {
          const { size } = await log.lock(tx);
          return log.checkpoint(tx, { size, origin, at, signers });
        });
      const first = generateSigner('portal.example.com/sop');
      const second = generateSigner('portal.example.com/sop');
      const at = '2026-11-02T09:00:00.000Z';
      const one = await sign(at, [first]);
      expect(one).toMatchObject({ size: 4, at });
      expect(await sign(at, [first])).toBeUndefined();
      await grow(knex, 6);
      const two = await sign(at, [second, first]);
      expect(two).toMatchObject({ size: 7 });
      expect((await log.keys(knex)).map(key => [key.idx, key.vkey])).toEqual([
        [3, first.vkey],
        [6, second.vkey],
      ]);
      const opened = openCheckpoint(two!.note, [first]);
      expect(opened).toMatchObject({ origin, size: 7, at });
      expect(opened.root).toEqual(await log.root(knex, 7));
      expect(() => openCheckpoint(one!.note, [second])).toThrow(
        'is not signed by any of',
      );
      expect(() =>
        openCheckpoint(one!.note.replace('\n4\n', '\n5\n'), [first]),
      ).toThrow('is not signed by any of');
    });

    it('cannot be changed by plain statements and goes away whole', async () => {
      const knex = await databases.init(id);
      await createLogTables(knex, 'test_log');
      await grow(knex, 300);
      for (const table of ['leaf', 'node']) {
        // Errors of the SQLite driver may come from outside Jest's realm.
        const refusal = { message: expect.stringContaining('append-only') };
        const rows = () => knex(`test_log_${table}`);
        await expect(rows().update({ hash: 'x' })).rejects.toMatchObject(
          refusal,
        );
        await expect(rows().delete()).rejects.toMatchObject(refusal);
      }
      await dropLogTables(knex, 'test_log');
      expect(await knex.schema.hasTable('test_log_leaf')).toBe(false);
    });
  });
});
