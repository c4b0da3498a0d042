import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  encodeSigner,
  generateSigner,
  NoteSigner,
  parseSigner,
} from '@handrail/journal';
import { Duration } from 'luxon';

/** A witness of the configuration. */
export type WitnessConfig =
  | { name: string; file: string }
  | { name: string; url: string; headers: Record<string, string> };

/** Typed form of `sop.proof`. */
export interface ProofConfig {
  /** Name of the log. */
  origin: string;
  /** First the current key, then those that still sign along. */
  signers: NoteSigner[];
  /** Milliseconds between checkpoints of a log that grows. */
  every: number;
  /** Entries after which a checkpoint is due at once. */
  entries: number;
  witnesses: WitnessConfig[];
}

/**
 * Reads `sop.proof`. Outside production a key file that is not there is made.
 * @throws InputError when a value is not allowed, naming its path
 */
export function readProofConfig(
  config: Config,
  options: { logger: LoggerService; production: boolean },
): ProofConfig {
  const proof = config.getOptionalConfig('sop.proof');
  const origin =
    proof?.getOptionalString('origin') ??
    `${hostOf(config.getOptionalString('app.baseUrl'))}/sop`;
  return {
    origin,
    signers: readSigners(proof, origin, options),
    every: readEvery(proof),
    entries: readEntries(proof),
    witnesses: (proof?.getOptionalConfigArray('witnesses') ?? []).map(
      readWitness,
    ),
  };
}

function hostOf(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).host : 'localhost';
}

function readSigners(
  proof: Config | undefined,
  origin: string,
  { logger, production }: { logger: LoggerService; production: boolean },
): NoteSigner[] {
  const key = proof?.getOptionalString('signingKey');
  const file = proof?.getOptionalString('keyFile');
  const signers: NoteSigner[] = [];
  if (key) {
    signers.push(readSigner('sop.proof.signingKey', key));
  } else if (file && (existsSync(file) || !production)) {
    if (!existsSync(file)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${encodeSigner(generateSigner(origin))}\n`, {
        mode: 0o600,
        flag: 'wx',
      });
      logger.info(
        `A key that signs the log of runs was made for development: ${file}. In production give one by sop.proof.signingKey.`,
      );
    }
    signers.push(readSigner('sop.proof.keyFile', readFileSync(file, 'utf8')));
  } else {
    logger.warn(
      file
        ? `The log of runs is not signed: sop.proof.keyFile is "${file}", which does not exist, and in production none is made`
        : 'The log of runs is not signed: neither sop.proof.signingKey nor sop.proof.keyFile is given',
    );
  }
  const retiring = proof?.getOptionalString('retiringKey');
  return retiring
    ? [...signers, readSigner('sop.proof.retiringKey', retiring)]
    : signers;
}

function readSigner(path: string, text: string): NoteSigner {
  try {
    return parseSigner(text);
  } catch (error) {
    throw new InputError(`${path}: ${(error as Error).message}`);
  }
}

function readEvery(proof: Config | undefined): number {
  const text = proof?.getOptionalString('checkpointEvery') ?? 'PT1M';
  const millis = Duration.fromISO(text).toMillis();
  if (!(millis >= 1000 && millis <= 86_400_000)) {
    throw new InputError(
      `sop.proof.checkpointEvery is "${text}"; expected an ISO 8601 duration from PT1S to P1D`,
    );
  }
  return millis;
}

function readEntries(proof: Config | undefined): number {
  const value = proof?.getOptionalNumber('checkpointEntries') ?? 1000;
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) {
    throw new InputError(
      `sop.proof.checkpointEntries is ${value}; expected a whole number from 1 to 1000000`,
    );
  }
  return value;
}

function readWitness(config: Config, index: number): WitnessConfig {
  const path = `sop.proof.witnesses[${index}]`;
  const file = config.getOptionalString('file');
  const url = config.getOptionalString('url');
  if ((file === undefined) === (url === undefined)) {
    throw new InputError(`${path} must have either file or url`);
  }
  const name = config.getOptionalString('name') ?? file ?? url ?? '';
  if (file !== undefined) {
    return { name, file };
  }
  if (!URL.canParse(url!) || !/^https?:$/.test(new URL(url!).protocol)) {
    throw new InputError(
      `${path}.url is "${url}"; expected a URL that begins with http:// or https://`,
    );
  }
  return {
    name,
    url: url!,
    headers: config.getOptional<Record<string, string>>('headers') ?? {},
  };
}
