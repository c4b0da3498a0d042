import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import picomatch from 'picomatch';
import { Workspace } from '../verify/Workspace';
import { LockedFile, Ownership } from './types';

/** Where what this module writes is kept. */
export const OWN_FOLDER = '.golden-path/';

/** Globs by class; what none names is `yours`. */
export interface OwnershipGlobs {
  template?: string[];
  shared?: string[];
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Every file with its hash and class, in the order of their paths. */
export async function lockFiles(
  workspace: Workspace,
  globs: OwnershipGlobs,
): Promise<Record<string, LockedFile>> {
  const match = (patterns: string[] = []) => picomatch(patterns, { dot: true });
  const isTemplate = match(globs.template);
  const isShared = match(globs.shared);
  const ownership = (path: string): Ownership => {
    if (isTemplate(path)) {
      return 'template';
    }
    return isShared(path) ? 'shared' : 'yours';
  };
  const entries: Array<[string, LockedFile]> = [];
  for (const path of workspace.files) {
    if (!path.startsWith(OWN_FOLDER)) {
      const absolute = workspace.absolute(path);
      const { mode } = await stat(absolute);
      entries.push([
        path,
        {
          sha256: await hashFile(absolute),
          ownership: ownership(path),
          ...((mode & 0o111) === 0 ? {} : { executable: true as const }),
        },
      ]);
    }
  }
  return Object.fromEntries(entries);
}

/**
 * One digest of a folder: SHA-256 over a line per file, `hash  path`, sorted by
 * path, as `sha256sum` prints them.
 */
export async function digestFolder(workspace: Workspace): Promise<string> {
  const hash = createHash('sha256');
  for (const path of workspace.files) {
    hash.update(`${await hashFile(workspace.absolute(path))}  ${path}\n`);
  }
  return `sha256:${hash.digest('hex')}`;
}
