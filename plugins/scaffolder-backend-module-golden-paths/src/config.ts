import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { InputError } from '@backstage/errors';
import { ToolName } from './verify/Tools';
import { CHECK_IDS, CheckId } from './verify/types';

/** Settings of the actions, with their defaults. */
export interface GoldenPathsConfig {
  tools: Partial<Record<ToolName, string>>;
  /** Checks that may be missing their program. */
  optional: CheckId[];
  maxFileSize: number;
  maxFiles: number;
  timeoutMs: number;
}

const DEFAULT_TIMEOUT: HumanDuration = { seconds: 60 };

/**
 * Reads `goldenPaths`.
 * @throws InputError naming the setting, what was found and what is allowed
 */
export function readConfig(root: Config): GoldenPathsConfig {
  const tools = root.getOptionalConfig('goldenPaths.tools');
  const verify = root.getOptionalConfig('goldenPaths.verify');
  const optional = verify?.getOptionalStringArray('optional') ?? [];
  for (const id of optional) {
    if (!CHECK_IDS.includes(id as CheckId)) {
      throw new InputError(
        `goldenPaths.verify.optional: found "${id}"; allowed: ${CHECK_IDS.join(
          ', ',
        )}`,
      );
    }
  }
  const timeout = verify?.has('timeout')
    ? readDurationFromConfig(verify, { key: 'timeout' })
    : DEFAULT_TIMEOUT;
  return {
    tools: {
      helm: tools?.getOptionalString('helm'),
      promtool: tools?.getOptionalString('promtool'),
    },
    optional: optional as CheckId[],
    maxFileSize: positive(verify, 'maxFileSize') ?? 1_000_000,
    maxFiles: positive(verify, 'maxFiles') ?? 5_000,
    timeoutMs: durationToMilliseconds(timeout),
  };
}

function positive(config: Config | undefined, key: string): number | undefined {
  const value = config?.getOptionalNumber(key);
  if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
    throw new InputError(
      `goldenPaths.verify.${key}: found ${value}; allowed: a whole number above 0`,
    );
  }
  return value;
}
