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

  it('looks for secrets in one file after the other, in the same thread', async () => {
    const linters = new WorkerLinters({ timeoutMs: 30_000 });
    const token = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
    for (let i = 0; i < 500; i++) {
      const found = await linters.lint('secrets', {
        path: `${i}.txt`,
        text: i % 100 === 99 ? `key: ${token}\n` : 'x\n',
      });
      expect([i, found.length > 0]).toEqual([i, i % 100 === 99]);
    }
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
