/** A person in a commit. */
export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 with the offset that the person had. */
  date: string;
}

export interface Commit {
  sha: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

export interface Branch {
  name: string;
  /** The commit at its tip. */
  sha: string;
  date: string;
  subject: string;
}

/** A file, folder, symbolic link or submodule. */
export interface TreeEntry {
  type: 'file' | 'dir' | 'symlink' | 'submodule';
  name: string;
  /** From the root of the repository. */
  path: string;
  sha: string;
  /** Bytes; 0 for folders and submodules. */
  size: number;
}

/** What stands at a path of a commit. */
export type Contents =
  | { type: 'dir'; entries: TreeEntry[] }
  | { type: 'file'; entry: TreeEntry };
