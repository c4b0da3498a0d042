import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FakePlatform } from './fakePlatform.ts';

/** `npm run example`: a whole export from the fake platform to standard output. */
const platform = new FakePlatform(Number(process.argv[2] ?? 12_345));
const url = await platform.start();
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const child = spawn(process.execPath, [main], {
  stdio: 'inherit',
  env: {
    ...process.env,
    PLATFORM_URL: url,
    PLATFORM_CLIENT_ID: platform.credentials.clientId,
    PLATFORM_CLIENT_SECRET: platform.credentials.clientSecret,
  },
});
child.once('exit', code => {
  process.exitCode = code ?? 1;
  void platform.stop();
});
