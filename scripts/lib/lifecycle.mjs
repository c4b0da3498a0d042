/**
 * Child processes and clean-up. Each child leads a process group of its own, so
 * ending the group ends whatever the child itself has started.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

const GRACE_MS = 10_000;
const cleanups = new Set();
let ending;

/**
 * Registers work that must happen before this process ends, also on a signal.
 * Returns a function that does the work now, once.
 */
export function onEnd(work) {
  let done;
  const once = () => {
    done ??= Promise.resolve()
      .then(work)
      .finally(() => cleanups.delete(once));
    return done;
  };
  cleanups.add(once);
  return once;
}

/** Runs the registered clean-up, newest first, then exits with `code`. */
export function end(code) {
  ending ??= (async () => {
    for (const cleanup of [...cleanups].reverse()) {
      await cleanup().catch(error => console.error(`portal: ${error.message}`));
    }
    process.exit(code);
  })();
  return ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => end(128 + constants.signals[signal]));
}

/** Runs `main` and exits with the code it returns, 0 when it returns none. */
export async function runMain(main) {
  try {
    await end((await main()) ?? 0);
  } catch (error) {
    console.error(`portal: ${error.message}`);
    await end(1);
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    // macOS answers EPERM for a group of zombies.
    if (error.code === 'EPERM') return false;
    throw error;
  }
}

/**
 * Starts a program with the workspace's own binaries first on PATH.
 * `stop()` ends it and its descendants: SIGTERM, then SIGKILL after a grace period.
 * `exited` resolves to `{ code, signal }`; a program that cannot be started has code 127.
 */
export function start(command, args, options = {}) {
  const { env, ...rest } = options;
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...rest,
    detached: true,
    env: {
      ...process.env,
      ...env,
      PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(
        delimiter,
      ),
    },
  });
  const exited = new Promise(resolve => {
    child.once('error', error => {
      console.error(`portal: cannot run ${command}: ${error.message}`);
      resolve({ code: 127, signal: null });
    });
    child.once('exit', (code, signal) => {
      // Whatever the program left behind goes with it.
      signalGroup(child.pid, 'SIGKILL');
      resolve({ code, signal });
    });
  });
  const stop = onEnd(async () => {
    if (child.pid && child.exitCode === null && child.signalCode === null) {
      signalGroup(child.pid, 'SIGTERM');
      const timer = setTimeout(
        () => signalGroup(child.pid, 'SIGKILL'),
        GRACE_MS,
      );
      await exited;
      clearTimeout(timer);
    }
  });
  exited.then(stop, stop);
  return { child, exited, stop };
}

/** Runs a program to its end; one that outlives `timeoutMs` is ended and has code 124. */
export async function run(command, args, { timeoutMs, ...options } = {}) {
  const { exited, stop } = start(command, args, options);
  let timedOut = false;
  const timer =
    timeoutMs &&
    setTimeout(() => {
      timedOut = true;
      console.error(
        `portal: ${command} ran longer than ${
          timeoutMs / 60_000
        } min, ending it`,
      );
      stop();
    }, timeoutMs);
  const { code, signal } = await exited;
  clearTimeout(timer);
  if (timedOut) return 124;
  return code ?? 128 + constants.signals[signal];
}
