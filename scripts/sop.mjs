/**
 * `./portal sop <command> …`: what can be done with procedures without a portal.
 * Each command is a file in `scripts/sop/`. It runs by backstage-cli's own
 * transform, which loads workspace packages from source.
 */
import { join } from 'node:path';
import { run, runMain } from './lib/lifecycle.mjs';
import { root } from './lib/paths.mjs';

const COMMANDS = {
  validate: 'FILE…            check procedures and policies',
  simulate: 'FILE [option…]   play a procedure to its end',
  verify:
    'FILE [option…]     check an exported bundle of runs, without the portal',
  list: '                   which revision of each procedure is in force',
  sign: 'NAME --as PERSON   sign a procedure as people of the demo',
};

const usage = `Usage: ./portal sop <command>

${Object.entries(COMMANDS)
  .map(([name, text]) => `  ${name} ${text}`)
  .join('\n')}

Ends with 0 when all is well, 1 when it is not, 2 when the call is wrong.
`;

runMain(async () => {
  const [command = 'help', ...args] = process.argv.slice(2);
  if (['help', '-h', '--help'].includes(command)) {
    process.stdout.write(usage);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, command)) {
    process.stderr.write(
      `sop: unknown command '${command}', allowed: ${Object.keys(COMMANDS).join(
        ', ',
      )}\n${usage}`,
    );
    return 2;
  }
  return run(process.execPath, [
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    join(root, 'scripts', 'sop', `${command}.mjs`),
    ...args,
  ]);
});
