import { Branch, Commit, TreeEntry } from './model';

/** For `git log -z`: fields end with the unit separator, the message is last. */
export const COMMIT_FORMAT =
  '%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%B';

/** Output of `git log -z --format=COMMIT_FORMAT`. */
export function parseCommits(output: Buffer): Commit[] {
  return records(output, '\0').map(record => {
    const [sha, parents, ...rest] = record.split('\x1f');
    const [name, email, date, byName, byEmail, byDate, ...message] = rest;
    return {
      sha,
      parents: parents.split(' ').filter(Boolean),
      author: { name, email, date },
      committer: { name: byName, email: byEmail, date: byDate },
      message: message.join('\x1f').trimEnd(),
    };
  });
}

/** Output of `git for-each-ref` with four fields between NULs. */
export function parseBranches(output: Buffer): Branch[] {
  return records(output, '\n').map(line => {
    const [name, sha, date, subject] = line.split('\0');
    return { name, sha, date, subject };
  });
}

const TYPES: Record<string, TreeEntry['type']> = {
  '040000': 'dir',
  '120000': 'symlink',
  '160000': 'submodule',
};

/** Output of `git ls-tree -z -l`; folders first, then by name. */
export function parseTree(output: Buffer): TreeEntry[] {
  const entries = records(output, '\0').map(record => {
    const tab = record.indexOf('\t');
    const [mode, , sha, size] = record.slice(0, tab).split(/ +/);
    const path = record.slice(tab + 1);
    return {
      type: TYPES[mode] ?? 'file',
      name: path.slice(path.lastIndexOf('/') + 1),
      path,
      sha,
      size: Number(size) || 0,
    };
  });
  const rank = (entry: TreeEntry) => (entry.type === 'dir' ? 0 : 1);
  return entries.sort(
    (a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1),
  );
}

function records(output: Buffer, separator: string): string[] {
  return output.toString('utf8').split(separator).filter(Boolean);
}
