import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { routes } from './routes.ts';
import { Service } from './service.ts';

try {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const service = new Service({ config, log, routes });
  await service.start();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info('stopping', { signal });
      void service.stop();
    });
  }
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The service did not start: ${text}\n`);
  process.exitCode = 1;
}
