import { Bundle } from './Bundle';
import { sha256 } from './journal';
import { Manifest } from './types';

export const BUNDLE_FORMAT = 'handrail.dev/bundle/v1';

/** Every file must be named, and be what its digest says. */
export function checkManifest(bundle: Bundle): Manifest | undefined {
  const manifest = bundle.try('manifest', undefined, () =>
    bundle.json<Manifest>('manifest.json'),
  );
  if (!manifest) {
    return undefined;
  }
  if (manifest.format !== BUNDLE_FORMAT) {
    bundle.found(
      'manifest',
      `The bundle has the format ${manifest.format}; this verifier reads ${BUNDLE_FORMAT}`,
    );
    return undefined;
  }
  const named = new Map(manifest.files.map(file => [file.path, file]));
  for (const [path, bytes] of Object.entries(bundle.files)) {
    const file = named.get(path);
    if (path !== 'manifest.json' && sha256(bytes) !== file?.sha256) {
      bundle.found(
        'digest',
        `${path} is not ${file ? 'as' : 'named in'} the manifest${
          file ? ' says' : ''
        }`,
      );
    }
  }
  for (const path of named.keys()) {
    if (!bundle.files[path]) {
      bundle.found('digest', `${path}, which the manifest names, is missing`);
    }
  }
  return manifest;
}
