/**
 * What the suite adds to the first load of the portal: the scripts that the
 * page asks for before anything is shown, compressed, of two builds of this
 * app: with the front-end plugins of the suite and without.
 *
 * The build with all plugins comes last, so that `packages/app/dist` is as
 * before.
 */
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { print, round } from './lib/measure';

const APP = join(__dirname, '..', 'packages', 'app');
/** Initial scripts of Backstage's own template, gzip. */
const TEMPLATE_KB = 847;

function ownPlugins(): string[] {
  const { dependencies } = JSON.parse(
    readFileSync(join(APP, 'package.json'), 'utf8'),
  ) as { dependencies: Record<string, string> };
  return Object.keys(dependencies).filter(name =>
    name.startsWith('@handrail/plugin-'),
  );
}

function build(configs: string[]): void {
  const args = configs.flatMap(file => ['--config', file]);
  const { status, stdout, stderr, error } = spawnSync(
    'backstage-cli',
    ['package', 'build', ...args],
    { cwd: APP, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) {
    throw new Error(
      `The app could not be built: ${error ?? `${stdout}${stderr}`}`,
    );
  }
}

const kilobytes = (bytes: number) => round(bytes / 1000, 1);

/** Bytes, compressed, of the scripts that index.html names, and of all. */
function sizes(): { initial: number; all: number } {
  const dist = join(APP, 'dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const gzip = (file: string) => gzipSync(readFileSync(file)).length;
  const initial = [...html.matchAll(/<script[^>]+src="\/?([^"]+\.js)"/g)].map(
    ([, path]) => gzip(join(dist, path)),
  );
  if (initial.length === 0) {
    throw new Error('packages/app/dist/index.html names no script');
  }
  const folder = join(dist, 'static');
  const all = readdirSync(folder)
    .filter(name => name.endsWith('.js'))
    .map(name => gzip(join(folder, name)));
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  return { initial: sum(initial), all: sum(all) };
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-bundle-'));
  try {
    const base = join(__dirname, '..', 'app-config.yaml');
    const without = join(folder, 'without.yaml');
    const packages = { exclude: ownPlugins() };
    writeFileSync(without, JSON.stringify({ app: { packages } }));
    build([base, without]);
    const ceiling = sizes();
    build([base]);
    const figure = sizes();
    print({
      benchmark: 'bundle',
      plugins: packages.exclude.length,
      initialKb: kilobytes(figure.initial),
      withoutPluginsKb: kilobytes(ceiling.initial),
      addedInitialKb: kilobytes(figure.initial - ceiling.initial),
      addedLazyKb: kilobytes(
        figure.all - figure.initial - (ceiling.all - ceiling.initial),
      ),
      templateKb: TEMPLATE_KB,
      ratio: round(figure.initial / ceiling.initial, 3),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
