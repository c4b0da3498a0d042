import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Report } from './bundle/types';
import { verifyBundle } from './bundle/verifyBundle';
import { readNotes } from './log/checkpoints';

const USAGE = `Usage: handrail-verify FILE [--key KEY]... [--witness FILE] [--json]

Checks a bundle of runs that the portal exported: that nothing was changed, left
out or put in, and that each run went as its procedure demands. Needs no portal,
no database and no network.

  --key KEY        public key of the log, as its keeper published it; without one
                   the key in the bundle is believed
  --witness FILE   checkpoints that a witness kept: the log must not have gone
                   back or been rewritten since
  --json           print the report as JSON

Exit codes: 0 all is well, 1 something is wrong, 2 the bundle cannot be read.
`;

/** The program's ends, so that tests can read them. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

function place({ runId, seq, index }: Report['findings'][number]): string {
  return [
    runId === undefined ? '' : `run ${runId}`,
    seq === undefined ? '' : `event ${seq}`,
    index === undefined ? '' : `log entry ${index}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function print(report: Report, { out }: Output): void {
  const { log, population, findings } = report;
  out(
    `Log ${log.origin}: ${log.size} entries${log.at ? `, ${log.at}` : ''}\n` +
      `Signed by ${log.signedBy ?? 'nobody known'}${
        log.trusted
          ? ' (trusted)'
          : ' (from the bundle: compare it with the published key, or use --key)'
      }\n`,
  );
  if (population) {
    out(
      `Period: ${population.leaves} entries, ${population.started} runs started\n`,
    );
  }
  out(`${report.runs} runs, ${report.events} events\n`);
  for (const finding of findings) {
    const where = place(finding);
    out(
      `WRONG ${where ? `${where}: ` : ''}[${finding.rule}] ${
        finding.message
      }\n`,
    );
  }
  out(
    report.ok
      ? 'OK: nothing was changed, and every step was permitted\n'
      : `NOT OK: ${findings.length} ${
          findings.length === 1 ? 'finding' : 'findings'
        }\n`,
  );
}

/**
 * Runs the program.
 * @returns its exit code
 */
export function main(args: string[], output: Output): number {
  let options;
  try {
    options = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        witness: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    output.err(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = options;
  if (values.help) {
    output.out(USAGE);
    return 0;
  }
  if (positionals.length !== 1) {
    output.err(USAGE);
    return 2;
  }
  try {
    const report = verifyBundle(readFileSync(positionals[0]), {
      keys: values.key,
      witness: values.witness
        ? readNotes(readFileSync(values.witness, 'utf8'))
        : undefined,
    });
    if (values.json) {
      output.out(`${JSON.stringify(report, null, 2)}\n`);
    } else {
      print(report, output);
    }
    return report.ok ? 0 : 1;
  } catch (error) {
    output.err(
      `${positionals[0]} cannot be read: ${(error as Error).message}\n`,
    );
    return 2;
  }
}
