import { execFileSync } from 'node:child_process';
import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { assertPath, isName, isRefName } from './names';

describe('names of repositories', () => {
  it('never lead out of a folder, and survive an address unchanged', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 20 }),
          fc.stringMatching(/^[a-z0-9._/-]{1,12}$/),
        ),
        name => {
          if (!isName(name)) return;
          expect(resolve('/srv', name)).toBe(`/srv${sep}${name}`);
          expect(encodeURIComponent(name)).toBe(name);
          expect(name.startsWith('-')).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['a', '7', 'checkout-api', 'a.b_c-d', 'a'.repeat(100)])(
    'takes %s',
    name => expect(isName(name)).toBe(true),
  );
});

describe('names of branches', () => {
  it('are never names that git itself refuses', () => {
    const known = (ref: string) => {
      try {
        execFileSync('git', ['check-ref-format', `refs/heads/${ref}`]);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ab@{}./~^:?*[\\ -]{1,6}(lock)?$/),
        ref => {
          if (isRefName(ref)) expect([ref, known(ref)]).toEqual([ref, true]);
        },
      ),
      { numRuns: 150 },
    );
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
