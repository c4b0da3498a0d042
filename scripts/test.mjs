/** `./portal test [part] [--full]`: see `./portal help`. */
import { PARTS, parseTestArgs } from './lib/args.mjs';
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

  // Part of a run is no verification.
  if (full && parts.length === PARTS.length) {
    try {
      await recordResults({ results, machine: describeMachine(facts) });
    } catch (error) {
      console.error(`portal: no results were recorded: ${error.message}`);
      results.push({ name: 'record', seconds: 0, passed: 0, failed: 1 });
    }
  }
  printTimes(results);
  const { passed, failed } = total(results);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});
