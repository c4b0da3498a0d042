/**
 * Says whether the installed dependencies are the ones this checkout asks for:
 * a hash over the lock file, every manifest and the Node.js they were built for.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const WORKSPACE_FOLDERS = ['packages', 'plugins'];

function manifests(root) {
  const files = ['package.json', 'yarn.lock', '.yarnrc.yml'];
  for (const folder of WORKSPACE_FOLDERS) {
    if (!existsSync(join(root, folder))) continue;
    for (const name of readdirSync(join(root, folder)).sort()) {
      files.push(`${folder}/${name}/package.json`);
    }
  }
  return files.filter(file => existsSync(join(root, file)));
}

/** The hash of what an install depends on. */
export function computeStamp(root, versions = process.versions) {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch} ${versions.modules}\n`);
  for (const file of manifests(root)) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Where the stamp of the last successful install lies. */
export function stampFile(root) {
  return join(root, 'node_modules', '.portal-stamp');
}

/** Whether an install is needed. */
export function isStale(root, versions) {
  const file = stampFile(root);
  return (
    !existsSync(file) ||
    readFileSync(file, 'utf8').trim() !== computeStamp(root, versions)
  );
}
