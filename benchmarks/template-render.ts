/**
 * A dry run of a golden path through the scaffolder's API, beside copying the
 * files it renders: the least that any renderer must do. With and without the
 * checks, in turns, one at a time.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  LoadedTemplate,
  loadTemplate,
  startTemplates,
  Templates,
} from '../plugins/scaffolder-backend-module-golden-paths/src/__testUtils__';
import { print, quantile, round } from './lib/measure';

const REPEATS = Number(process.env.REPEATS ?? 30);
const WARM_UP = 5;

const ANSWERS: Record<string, object> = {
  'helm-chart': {
    name: 'gift-cards',
    description: 'Sells cards that can be given away',
    owner: 'group:default/platform',
    system: 'system:default/shop',
    image: 'registry.example.com/shop/gift-cards',
    appVersion: '1.0.0',
    port: 8080,
  },
};

/** The same template with its first step only. */
function withoutChecks(template: LoadedTemplate): LoadedTemplate {
  const { spec } = template.entity;
  return {
    ...template,
    entity: {
      ...template.entity,
      spec: { ...spec, steps: spec.steps.slice(0, 1), output: {} },
    },
  };
}

async function copy(files: Map<string, { bytes: Buffer }>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-copy-'));
  for (const [path, { bytes }] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  await rm(folder, { recursive: true });
}

async function measure(templates: Templates, name: string): Promise<void> {
  const template = await loadTemplate(name);
  const bare = withoutChecks(template);
  const render = async (one: LoadedTemplate) => {
    const result = await templates.render(one, ANSWERS[name]);
    if (result.error || result.refused.length > 0) {
      throw new Error(result.error ?? JSON.stringify(result.refused));
    }
    return result;
  };
  const { files } = await render(template);
  const work = {
    full: () => render(template),
    rendered: () => render(bare),
    copied: () => copy(files),
  };
  const times = { full: [], rendered: [], copied: [] } as Record<
    keyof typeof work,
    number[]
  >;
  for (let i = 0; i < WARM_UP + REPEATS; i++) {
    for (const key of Object.keys(work) as Array<keyof typeof work>) {
      const begin = performance.now();
      await work[key]();
      if (i >= WARM_UP) {
        times[key].push(performance.now() - begin);
      }
    }
  }
  const p50 = quantile(times.rendered, 0.5);
  const copyP50 = quantile(times.copied, 0.5);
  print({
    benchmark: 'template-render',
    template: name,
    files: files.size,
    p50Ms: round(p50, 2),
    p95Ms: round(quantile(times.rendered, 0.95), 2),
    withChecksP50Ms: round(quantile(times.full, 0.5), 2),
    withChecksP95Ms: round(quantile(times.full, 0.95), 2),
    copyP50Ms: round(copyP50, 2),
    copyP95Ms: round(quantile(times.copied, 0.95), 2),
    ratio: round(p50 / copyP50, 2),
    goal: 25,
  });
}

async function main(): Promise<void> {
  const templates = await startTemplates();
  for (const name of Object.keys(ANSWERS)) {
    await measure(templates, name);
  }
}

main().then(
  // The back end leaves timers behind.
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
