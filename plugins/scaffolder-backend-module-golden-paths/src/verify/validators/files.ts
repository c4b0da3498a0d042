import { Problem, Validator } from '../types';

/** Longer paths cannot be checked out on every system. */
const MAX_PATH = 200;

const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

/** What is wrong with a path, whatever the file holds. */
function checkName(path: string): Problem[] {
  const problems: Problem[] = [];
  const refuse = (message: string, allowed: string) =>
    problems.push({ path, message, found: JSON.stringify(path), allowed });
  for (const part of path.split('/')) {
    // Control characters would break the log that names the file.
    if (/[\p{Cc}\p{Cf}\uFFFD]/u.test(part)) {
      refuse('the name has invisible characters', 'visible characters');
    } else if (/[<>:"|?*\\]/.test(part)) {
      refuse(
        'the name cannot be checked out everywhere',
        'names without < > : " | ? * \\',
      );
    } else if (RESERVED.test(part)) {
      refuse(
        'the name is a device on some systems',
        'other names than con, prn, aux, nul, com1, lpt1 and the like',
      );
    } else if (/[ .]$/.test(part) || /^ /.test(part)) {
      refuse(
        'the name begins or ends with a blank or ends with a dot',
        'names without blanks around them',
      );
    }
  }
  if (path.length > MAX_PATH) {
    refuse(
      `the path has ${path.length} characters`,
      `at most ${MAX_PATH} characters`,
    );
  }
  return problems;
}

/** Names that differ in case only are one file on some systems. */
function checkCase(paths: readonly string[]): Problem[] {
  const seen = new Map<string, string>();
  return paths.flatMap(path => {
    const key = path.toLowerCase().normalize('NFC');
    const other = seen.get(key);
    seen.set(key, other ?? path);
    return other
      ? [
          {
            path,
            message: `is the same name as ${other} where case does not count`,
            allowed: 'names that differ in more than case',
          },
        ]
      : [];
  });
}

/** Names and links: what a repository can hold on every system. */
export const filesValidator: Validator = {
  id: 'files',
  select: ({ files, problems }) => [
    ...files,
    ...problems.map(({ path }) => path),
  ],
  async check(_paths, { workspace }) {
    return [
      ...workspace.problems,
      ...workspace.files.flatMap(checkName),
      ...checkCase(workspace.files),
    ];
  },
};
