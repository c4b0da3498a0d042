import { readdirSync, readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';

const FOLDER = resolve(__dirname, '../../../../templates');

/** A template as it stands in `templates/<name>`. */
export interface LoadedTemplate {
  name: string;
  /** The folder. */
  folder: string;
  /** The content of `template.yaml`. */
  entity: JsonObject & {
    metadata: JsonObject & {
      name: string;
      annotations?: Record<string, string>;
    };
    spec: JsonObject & { parameters: JsonObject[]; steps: JsonObject[] };
  };
  /** Every file with its path in the folder, as a dry run wants them. */
  contents: Array<{ path: string; base64Content: string }>;
}

/** Reads a template with all of its files; what was installed is left out. */
export async function loadTemplate(name: string): Promise<LoadedTemplate> {
  const folder = resolve(FOLDER, name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => resolve(entry.parentPath, entry.name))
    .filter(file => !file.split(sep).includes('node_modules'))
    .sort();
  return {
    name,
    folder,
    entity: parse(readFileSync(resolve(folder, 'template.yaml'), 'utf8')),
    contents: files.map(file => ({
      path: relative(folder, file).split(sep).join('/'),
      base64Content: readFileSync(file).toString('base64'),
    })),
  };
}

/** One question of the wizard. */
export interface Question {
  name: string;
  schema: JsonObject;
}

/** Every question, of all pages and of what depends on an answer. */
export function questionsOf(template: LoadedTemplate): Question[] {
  const found = new Map<string, JsonObject>();
  const visit = (node: unknown) => {
    if (Array.isArray(node)) {
      node.forEach(visit);
    } else if (typeof node === 'object' && node !== null) {
      const { properties } = node as {
        properties?: Record<string, JsonObject>;
      };
      for (const [name, schema] of Object.entries(properties ?? {})) {
        // A second mention only narrows the first one.
        found.set(name, { ...schema, ...found.get(name) });
      }
      for (const key of ['dependencies', 'oneOf', 'anyOf', 'allOf', 'then']) {
        const child = (node as Record<string, unknown>)[key];
        visit(key === 'dependencies' && child ? Object.values(child) : child);
      }
    }
  };
  visit(template.entity.spec.parameters);
  return [...found].map(([name, schema]) => ({ name, schema }));
}
