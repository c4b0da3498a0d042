import { LOG_LEVELS, type LogLevel } from './config.ts';

export type Fields = Record<string, string | number | boolean | undefined>;

/** Writes one JSON object per line. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** A log that drops what is below `level`; lines go to standard output. */
export function createLog(
  level: LogLevel,
  write: (line: string) => void = line => process.stdout.write(line),
): Log {
  const at =
    (own: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (LOG_LEVELS.indexOf(own) >= LOG_LEVELS.indexOf(level)) {
        const time = new Date().toISOString();
        write(`${JSON.stringify({ time, level: own, message, ...fields })}\n`);
      }
    };
  return { debug: at('debug'), info: at('info'), error: at('error') };
}
