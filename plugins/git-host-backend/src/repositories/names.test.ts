import { spawnSync } from 'node:child_process';
import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { assertPath, isName, isRefName } from './names';

describe('names of repositories', () => {
  it('never lead out of a folder, and survive an address unchanged', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9._/-]{1,12}$/), name => {
        fc.pre(isName(name));
        expect(resolve('/srv', name)).toBe(`/srv${sep}${name}`);
        expect(encodeURIComponent(name)).toBe(name);
        expect(name.startsWith('-')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a', '7', 'checkout-api', 'a.b_c-d', 'a'.repeat(100)])(
    'takes %s',
    name => expect(isName(name)).toBe(true),
  );
});

describe('names of branches', () => {
  it('are never names that git itself refuses', () => {
    const candidates = fc
      .sample(fc.stringMatching(/^[ab@{}./~^:?*[\\ -]{1,6}(lock)?$/), 3000)
      .filter(isRefName)
      .slice(0, 100);
    expect(candidates.length).toBeGreaterThan(20);
    const refused = candidates.filter(ref => {
      const { status } = spawnSync('git', [
        'check-ref-format',
        `refs/heads/${ref}`,
      ]);
      return status !== 0;
    });
    expect(refused).toEqual([]);
  });

  it.each(['main', 'feature/deep', 'v1.2.3', 'ü', 'a-b_c'])('take %s', ref =>
    expect(isRefName(ref)).toBe(true),
  );
});

describe('paths in a repository', () => {
  it('are without parts that lead elsewhere', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a./\0]{0,10}$/), path => {
        let clean: string;
        try {
          clean = assertPath(path);
        } catch {
          return;
        }
        expect(resolve('/srv', clean).startsWith('/srv')).toBe(true);
        expect(clean).toBe(path.replace(/^\/+|\/+$/g, ''));
      }),
      { numRuns: 1000 },
    );
  });
});
