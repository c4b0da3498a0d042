import { createHash } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import { parseAllDocuments } from 'yaml';
import { CHECK_IDS } from '../verify/types';
import { LoadedTemplate, questionsOf } from './template';
import { RenderedFile, Rendering, Templates } from './templates';

/** Texts that break out of quotes, lines, folders and expressions. */
export const HOSTILE_TEXTS: ReadonlyArray<{ name: string; text: string }> = [
  { name: 'double quotes', text: 'a "quoted" name' },
  { name: 'single quotes', text: "it's 'quoted'" },
  { name: 'a closing quote and a key', text: 'x" \nadmin: true\ny: "' },
  { name: 'a line break', text: 'first\nsecond: line' },
  { name: 'a carriage return', text: 'first\rsecond' },
  { name: 'an expression', text: '${{ secrets.GITHUB_TOKEN }}' },
  { name: 'an expression of the scaffolder', text: '${{ values.owner }}' },
  { name: 'an expression of Helm', text: '{{ .Values.secret }}' },
  { name: 'a comment of nunjucks', text: 'a {# b #} c' },
  {
    name: 'a block of nunjucks',
    text: '{% for i in [1,2] %}{{ i }}{% endfor %}',
  },
  { name: 'a shell expression', text: '$(touch /tmp/x) `id` $HOME' },
  { name: 'a path upwards', text: '../../../etc/passwd' },
  { name: 'an absolute path', text: '/etc/passwd' },
  { name: 'markup', text: '<script>alert(1)</script>' },
  { name: 'a link', text: '[x](javascript:alert(1))' },
  { name: 'a YAML mapping', text: 'key: value' },
  { name: 'a YAML comment', text: 'text # comment' },
  { name: 'a YAML tag', text: '!!js/function x' },
  { name: 'a YAML anchor', text: '*alias' },
  { name: 'a number', text: '1.10' },
  { name: 'a word that is no text', text: 'null' },
  { name: 'a backslash', text: 'a\\nb\\' },
  { name: 'unicode', text: 'Grüße 東京 🚀' },
  { name: 'text from right to left', text: 'abc\u202Edef' },
  { name: 'a zero byte', text: 'a\u0000b' },
  { name: 'very long', text: 'x'.repeat(100_000) },
  { name: 'nothing', text: '' },
  { name: 'blanks', text: '   ' },
];

/** What became of one hostile answer. */
export interface HostileOutcome {
  question: string;
  hostile: string;
  /**
   * `refused` by the schema of the form; `stopped` by a step, so nothing was
   * published; `rendered`.
   */
  outcome: 'refused' | 'stopped' | 'rendered';
  error?: string;
  /** Files whose structure is another than with a harmless answer. */
  changed: string[];
}

/**
 * Puts each hostile text into each answer that is a text, one at a time, and
 * says what became of it. A rendering is harmless when the same files are there
 * and every YAML and JSON file has the same keys as with the harmless answer.
 *
 * Helm and promtool are called once for each different content of the files that
 * they read; every other check runs each time.
 */
export async function tryHostileAnswers(
  templates: Templates,
  template: LoadedTemplate,
  answers: Record<string, unknown>,
  options: { questions?: readonly string[] } = {},
): Promise<HostileOutcome[]> {
  const harmless = await templates.render(template, answers);
  if (harmless.error || harmless.refused.length > 0) {
    throw new Error(
      `The harmless answers do not render: ${
        harmless.error ?? JSON.stringify(harmless.refused)
      }`,
    );
  }
  const quick = withoutPrograms(template);
  const harmlessQuick = await templates.render(quick, answers);
  const seen = new Set([programInput(harmless)]);
  const cases: Array<{ question: string; hostile: string; text: string }> = [];
  for (const { name: question, schema } of questionsOf(template)) {
    const asked = options.questions?.includes(question) ?? true;
    if (schema.type !== 'string' || schema.enum || !asked) {
      continue;
    }
    for (const { name: hostile, text } of HOSTILE_TEXTS) {
      cases.push({ question, hostile, text });
    }
  }
  return inParallel(cases, async ({ question, hostile, text }) => {
    const answered = { ...answers, [question]: text };
    const result = await templates.render(quick, answered);
    const input = programInput(result);
    if (result.files.size > 0 && !seen.has(input)) {
      seen.add(input);
      const full = await templates.render(template, answered);
      return { question, hostile, ...judge(full, harmless) };
    }
    return { question, hostile, ...judge(result, harmlessQuick) };
  });
}

/** How many are rendered at a time. */
const PARALLEL = 4;

/** The results in the order of the items. */
async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) {
      results[at] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}

/** The template with the checks that call no program. */
function withoutPrograms(template: LoadedTemplate): LoadedTemplate {
  const checks = CHECK_IDS.filter(id => id !== 'helm' && id !== 'prometheus');
  const { spec } = template.entity;
  const steps = spec.steps.map(step =>
    step.action === 'golden-path:verify'
      ? { ...step, input: { ...(step.input as JsonObject), checks } }
      : step,
  );
  if (steps.every((step, at) => step === spec.steps[at])) {
    throw new Error(`${template.name} has no step golden-path:verify`);
  }
  return {
    ...template,
    entity: { ...template.entity, spec: { ...spec, steps } },
  };
}

/** A digest of what Helm and promtool read: charts, rules and their tests. */
function programInput({ files }: Rendering): string {
  const charts = [...files.keys()]
    .filter(path => path.endsWith('Chart.yaml'))
    .map(path => path.slice(0, -'Chart.yaml'.length));
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const { text } = files.get(path)!;
    if (
      charts.some(folder => path.startsWith(folder)) ||
      (/\.ya?ml$/.test(path) && /^["']?(groups|rule_files)\b/m.test(text))
    ) {
      hash.update(JSON.stringify([path, text]));
    }
  }
  return hash.digest('hex');
}

function judge(
  result: Rendering,
  harmless: Rendering,
): Pick<HostileOutcome, 'outcome' | 'error' | 'changed'> {
  if (result.refused.length > 0) {
    return { outcome: 'refused', changed: [] };
  }
  if (result.error) {
    return { outcome: 'stopped', error: result.error, changed: [] };
  }
  const paths = new Set([...harmless.files.keys(), ...result.files.keys()]);
  // The lock file records the answer itself.
  paths.delete('.golden-path/lock.yaml');
  const changed = [...paths].filter(
    path =>
      structure(harmless.files.get(path)) !== structure(result.files.get(path)),
  );
  return { outcome: 'rendered', changed };
}

/** The keys and kinds of values of a document; of other files, that they exist. */
function structure(file: RenderedFile | undefined): string {
  if (!file) {
    return 'missing';
  }
  if (
    !/\.(ya?ml|json)$/.test(file.path) ||
    file.path.includes('/templates/') ||
    file.path.startsWith('templates/')
  ) {
    return 'there';
  }
  return JSON.stringify(
    parseAllDocuments(file.text).map(document =>
      'errors' in document && document.errors.length > 0
        ? 'broken'
        : shape(document.toJS()),
    ),
  );
}

function shape(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shape);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([key, item]) => [key, shape(item)]);
  }
  return value === null ? 'null' : typeof value;
}
