import { execFileSync } from 'node:child_process';
import { WorkerLinters } from './Linters';

describe('WorkerLinters', () => {
  it('answers many questions, each with its own answer', async () => {
    const linters = new WorkerLinters({ timeoutMs: 30_000 });
    const answers = await Promise.all(
      ['jobz', 'jobs', 'job'].map(key =>
        linters.lint('workflow', {
          path: 'ci.yaml',
          text: `on: push\n${key}: {a: {runs-on: x, steps: []}}\n`,
        }),
      ),
    );
    expect(answers.map(([first]) => first?.message)).toEqual([
      "Unexpected value 'jobz'",
      undefined,
      "Unexpected value 'job'",
    ]);
  });

  it('gives up after its time, and starts anew', async () => {
    const impatient = new WorkerLinters({ timeoutMs: 1 });
    const file = { path: 'ci.yaml', text: 'on: push\n' };
    await expect(impatient.lint('workflow', file)).rejects.toThrow(
      'ci.yaml was not checked within 1 ms',
    );
    await expect(impatient.lint('workflow', file)).rejects.toThrow('1 ms');
  });

  it('does not keep the process alive', () => {
    const program = `
      const { WorkerLinters } = require(${JSON.stringify(
        require.resolve('./Linters'),
      )});
      new WorkerLinters({ timeoutMs: 60000 })
        .lint('workflow', { path: 'ci.yaml', text: 'on: push' })
        .then(({ length }) => console.log(length));`;
    const output = execFileSync(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        '--eval',
        program,
      ],
      { encoding: 'utf8', timeout: 50_000, env: { PATH: process.env.PATH } },
    );
    expect(output.trim()).toBe('1');
  }, 60_000);
});
