import { devNull } from 'node:os';

/**
 * The whole environment of a git process. Nothing of the user who started the
 * portal reaches it: no configuration, no hooks, no credentials, no prompts.
 *
 * @param repository - absolute path; git would refuse folders of another user,
 * as on a volume that a container mounts
 * @param settings - configuration that wins over the repository's own
 */
export function gitEnvironment(
  repository: string,
  settings: Record<string, string> = {},
): NodeJS.ProcessEnv {
  const all = Object.entries({
    'safe.directory': repository,
    'core.hooksPath': devNull,
    'transfer.fsckObjects': 'true',
    ...settings,
  });
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    HOME: devNull,
    XDG_CONFIG_HOME: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(
      all.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
