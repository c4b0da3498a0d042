import { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, posix, relative, resolve, sep } from 'node:path';
import { isChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { Document, LineCounter, parseAllDocuments } from 'yaml';
import { Problem } from './types';

/** A file whose content is UTF-8 text. */
export interface TextFile {
  path: string;
  text: string;
}

/** A YAML document, with what is needed to name a place in it. */
export interface YamlDocument {
  document: Document.Parsed;
  lines: LineCounter;
  /** The content as data; nothing when it does not parse. */
  value?: unknown;
}

/** How much of a workspace is read. */
export interface WorkspaceLimits {
  /** Bytes of one file; larger ones are skipped and reported. */
  maxFileSize: number;
  /** More files than this are refused. */
  maxFiles: number;
}

/** Folders that hold what is fetched or built, never what is rendered. */
const SKIPPED_FOLDERS = new Set(['node_modules']);

/** Of anchors in one YAML file, against documents that unfold without end. */
const MAX_ALIASES = 100;

/**
 * The files of a rendered workspace, read once. Links are never followed, so
 * nothing outside of the folder is read.
 */
export class Workspace {
  readonly #texts = new Map<string, string>();
  readonly #yaml = new Map<string, YamlDocument[]>();
  #charts?: string[];

  private constructor(
    /** The folder, with links resolved. */
    readonly root: string,
    /** Every regular file, sorted. */
    readonly files: readonly string[],
    /** Files that were not read, sorted, with the reason. */
    readonly skipped: ReadonlyArray<{ path: string; reason: string }>,
    /** What is wrong with the files as such. */
    readonly problems: readonly Problem[],
  ) {}

  /**
   * Reads a folder.
   * @throws InputError when it holds more files than allowed
   */
  static async read(
    folder: string,
    limits: WorkspaceLimits,
  ): Promise<Workspace> {
    const root = await realpath(folder);
    const { entries, skipped, problems } = await walk(root, limits.maxFiles);
    const workspace = new Workspace(
      root,
      entries.map(({ path }) => path),
      skipped,
      problems,
    );
    for (const { path, size } of entries) {
      if (size > limits.maxFileSize) {
        skipped.push({
          path,
          reason: `${size} bytes are more than the ${limits.maxFileSize} that are read`,
        });
        continue;
      }
      const text = decode(await readFile(resolve(root, path)));
      if (text === undefined) {
        skipped.push({ path, reason: 'binary' });
      } else {
        workspace.#texts.set(path, text);
      }
    }
    skipped.sort((a, b) => compare(a.path, b.path));
    return workspace;
  }

  /** The paths of all files that were read, sorted. */
  get texts(): string[] {
    return [...this.#texts.keys()];
  }

  /** Where the file is on disk. */
  absolute(path: string): string {
    return resolve(this.root, path);
  }

  /** A file that was read. */
  text(path: string): TextFile {
    const text = this.#texts.get(path);
    if (text === undefined) {
      throw new InputError(`${path} is no text file of the workspace`);
    }
    return { path, text };
  }

  /** Whether there is such a file that was read. */
  has(path: string): boolean {
    return this.#texts.has(path);
  }

  /** Text files with one of the extensions, without what only looks like it. */
  withExtension(...extensions: string[]): string[] {
    return this.texts.filter(
      path =>
        extensions.includes(posix.extname(path).toLowerCase()) &&
        !this.isChartTemplate(path),
    );
  }

  /** The folders of Helm charts, without those that another one brings along. */
  get charts(): string[] {
    const all = this.#chartFolders();
    return all.filter(
      folder =>
        !all.some(other => other !== folder && inside(folder, other, 'charts')),
    );
  }

  /** Whether a file becomes YAML only after Helm has rendered it. */
  isChartTemplate(path: string): boolean {
    return this.#chartFolders().some(folder =>
      inside(path, folder, 'templates'),
    );
  }

  #chartFolders(): string[] {
    this.#charts ??= this.texts
      .filter(path => basename(path) === 'Chart.yaml')
      .map(path => posix.dirname(path));
    return this.#charts;
  }

  /** The documents of a YAML file; parsed once. */
  yaml(path: string): YamlDocument[] {
    let parsed = this.#yaml.get(path);
    if (!parsed) {
      parsed = parseYaml(this.text(path).text);
      this.#yaml.set(path, parsed);
    }
    return parsed;
  }

  /** YAML files with a document of which something holds. */
  yamlWhere(holds: (value: Record<string, unknown>) => boolean): string[] {
    return this.withExtension('.yaml', '.yml').filter(path =>
      this.yaml(path).some(({ value }) => isRecord(value) && holds(value)),
    );
  }
}

/** Whether something is an object with keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Order by code unit: the same on every machine. */
export function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function inside(path: string, folder: string, child: string): boolean {
  return path.startsWith(folder === '.' ? `${child}/` : `${folder}/${child}/`);
}

function parseYaml(text: string): YamlDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  return (documents as Document.Parsed[]).map(document => {
    if (document.errors.length > 0) {
      return { document, lines };
    }
    try {
      return {
        document,
        lines,
        value: document.toJS({ maxAliasCount: MAX_ALIASES }),
      };
    } catch {
      // The YAML check reports it.
      return { document, lines };
    }
  });
}

/** The text, unless it is binary or in another encoding. */
function decode(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(
      bytes,
    );
  } catch {
    return undefined;
  }
}

interface Walked {
  entries: Array<{ path: string; size: number }>;
  skipped: Array<{ path: string; reason: string }>;
  problems: Problem[];
}

async function walk(root: string, maxFiles: number): Promise<Walked> {
  const walked: Walked = { entries: [], skipped: [], problems: [] };
  const visit = async (folder: string) => {
    const children = await readdir(folder, { withFileTypes: true });
    children.sort((a, b) => compare(a.name, b.name));
    for (const child of children) {
      const absolute = resolve(folder, child.name);
      const path = relative(root, absolute).split(sep).join('/');
      if (child.isDirectory()) {
        if (child.name.toLowerCase() === '.git') {
          walked.problems.push({
            path,
            message: 'a template must not bring a git folder of its own',
            found: path,
            allowed: 'files only; publishing makes the repository',
          });
        } else if (SKIPPED_FOLDERS.has(child.name)) {
          walked.skipped.push({ path, reason: 'installed, not rendered' });
        } else {
          await visit(absolute);
        }
      } else if (child.isFile()) {
        const { size } = await lstat(absolute);
        walked.entries.push({ path, size });
        if (walked.entries.length > maxFiles) {
          throw new InputError(
            `The workspace holds more than ${maxFiles} files; goldenPaths.verify.maxFiles allows more`,
          );
        }
      } else {
        await visitSpecial(child, { root, absolute, path, walked });
      }
    }
  };
  await visit(root);
  walked.entries.sort((a, b) => compare(a.path, b.path));
  return walked;
}

async function visitSpecial(
  child: Dirent,
  options: { root: string; absolute: string; path: string; walked: Walked },
): Promise<void> {
  const { root, absolute, path, walked } = options;
  if (!child.isSymbolicLink()) {
    walked.problems.push({
      path,
      message: 'is neither a file, a folder nor a link',
      allowed: 'files, folders, links within the workspace',
    });
    return;
  }
  const target = await realpath(absolute).catch(() => undefined);
  if (target === undefined || !isChildPath(root, target)) {
    walked.problems.push({
      path,
      message: target
        ? 'the link leaves the workspace'
        : 'the link leads nowhere',
      found: 'a link to something else',
      allowed: 'links to files of the workspace',
    });
  } else {
    walked.skipped.push({ path, reason: 'link; its target is checked' });
  }
}
