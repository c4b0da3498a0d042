import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'incidents.gate.blockingSeverities';

/**
 * Severities that close the gate.
 * @throws InputError when one is empty or stands there twice
 */
export function readBlockingSeverities(config: Config): string[] {
  const severities = config.getOptionalStringArray(KEY) ?? ['SEV-1'];
  severities.forEach((severity, index) => {
    if (severity.trim() === '' || severities.indexOf(severity) !== index) {
      throw new InputError(
        `${KEY}[${index}] is "${severity}"; allowed are severities such as SEV-1, each once`,
      );
    }
  });
  return severities;
}
