/** `./portal test [part] [--full]`: see `./portal help`. */
import { parseTestArgs } from './lib/args.mjs';
import { total } from './lib/counts.mjs';
import { runMain } from './lib/lifecycle.mjs';
import { ALL_PARTS, runPart } from './lib/parts.mjs';
import { describeMachine, recordResults } from './lib/verification.mjs';

function printTimes(results) {
  const width = Math.max(...results.map(({ name }) => name.length));
  console.log('');
  for (const { name, seconds, passed, failed, skipped } of results) {
    const notes = skipped > 0 ? `, ${skipped} skipped` : '';
    console.log(
      `${name.padEnd(width)}  ${String(seconds).padStart(5)} s  ` +
        `${passed} passed, ${failed} failed${notes}`,
    );
  }
}

runMain(async () => {
  const { parts, full } = parseTestArgs(process.argv.slice(2));
  if (full) process.env.HANDRAIL_FULL = '1';

  const facts = {};
  const results = [];
  for (const part of ALL_PARTS.filter(({ group }) => parts.includes(group))) {
    results.push(await runPart(part, { full, facts }));
  }

  const { passed, failed } = total(results);
  if (full) {
    await recordResults({ results, machine: describeMachine(facts) });
  }
  printTimes(results);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});
