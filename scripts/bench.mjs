/**
 * `./portal bench [name...]`: runs `benchmarks/*.mjs` and `*.ts` one after another,
 * or those whose file name contains one of the names. `HANDRAIL_BENCH_PG` is the URL
 * of an embedded PostgreSQL with its durable defaults; it starts empty and is shared
 * by all files of one call. TypeScript goes through backstage-cli's own transform
 * (`node --require @backstage/cli/config/nodeTransform.cjs`), which also loads
 * workspace packages from source; it strips types and does not check them.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, runMain } from './lib/lifecycle.mjs';
import { root } from './lib/paths.mjs';
import { startPostgres } from './lib/postgres.mjs';

const FOLDER = join(root, 'benchmarks');

function benchmarks(names) {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
  return files.filter(
    file =>
      /\.(mjs|ts)$/.test(file) &&
      !/\.(test|d)\./.test(file) &&
      (names.length === 0 || names.some(name => file.includes(name))),
  );
}

runMain(async () => {
  const names = process.argv.slice(2);
  const files = benchmarks(names);
  if (files.length === 0) {
    throw new Error(
      `bench: no file in benchmarks/ matches '${
        names.join(' ') || '*.mjs, *.ts'
      }'`,
    );
  }
  const postgres = await startPostgres({ durable: true });
  let failed = 0;
  for (const file of files) {
    console.error(`== ${file}`);
    const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];
    const args = [
      ...(file.endsWith('.ts') ? transform : []),
      join(FOLDER, file),
    ];
    const code = await run('node', args, {
      env: { HANDRAIL_BENCH_PG: postgres.url },
    });
    if (code !== 0) {
      console.error(`portal: ${file} ended with code ${code}`);
      failed += 1;
    }
  }
  return failed > 0 ? 1 : 0;
});
