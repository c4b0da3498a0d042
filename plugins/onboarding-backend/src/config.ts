import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Duration } from 'luxon';

/** Typed form of the `onboarding` section of the configuration. */
export interface OnboardingConfig {
  /** Entity ref of the procedure of the first week. */
  sopRef: string;
  /** Time between two catch-ups, in milliseconds. */
  catchUpEvery: number;
}

/**
 * Reads and checks the configuration.
 * @throws InputError naming the path, what was found and what is allowed.
 */
export function readOnboardingConfig(config: Config): OnboardingConfig {
  const section = config.getOptionalConfig('onboarding');
  return {
    sopRef: readSopRef(
      section?.getOptionalString('checklist.sop') ?? 'sop:default/onboarding',
    ),
    catchUpEvery: readInterval(
      section?.getOptionalString('catchUp.every') ?? 'PT5M',
    ),
  };
}

function readSopRef(text: string): string {
  try {
    const ref = stringifyEntityRef(
      parseEntityRef(text, { defaultKind: 'sop' }),
    );
    if (ref.startsWith('sop:')) {
      return ref;
    }
  } catch {
    // Said below.
  }
  throw new InputError(
    `onboarding.checklist.sop is "${text}"; expected the entity ref of a procedure, for example "sop:default/onboarding"`,
  );
}

function readInterval(text: string): number {
  const millis = Duration.fromISO(text).toMillis();
  if (!(millis >= 1000 && millis <= 86_400_000)) {
    throw new InputError(
      `onboarding.catchUp.every is "${text}"; expected an ISO 8601 duration from PT1S to P1D`,
    );
  }
  return millis;
}
