import { exportAll } from './export.ts';
import { registration } from './index.ts';

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

/** Exports everything to standard output; what was done goes to standard error. */
try {
  const connector = registration.createConnector({
    baseUrl: required('PLATFORM_URL').replace(/\/+$/, ''),
  });
  await connector.authenticate({
    clientId: required('PLATFORM_CLIENT_ID'),
    clientSecret: required('PLATFORM_CLIENT_SECRET'),
  });
  const normalizer = registration.createNormalizer();
  const result = await exportAll(connector, normalizer, process.stdout);
  process.stderr.write(`${JSON.stringify(result)}\n`);
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The export failed: ${text}\n`);
  process.exitCode = 1;
}
