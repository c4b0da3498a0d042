/**
 * The procedures that come with the portal: how long it takes to check all of
 * them, and to play each from its start to its end. The ceiling of checking is
 * reading the same files as YAML; that of playing is checking.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import { simulate, SopEntity, validateSop } from '@handrail/plugin-sop-common';
import { parseAllDocuments } from 'yaml';
import { median, print, round } from './lib/measure';

const CATALOG = resolve(__dirname, '../catalog');
const REPEATS = Number(process.env.REPEATS ?? 5);

/** Working hours of a day on which no window of the library is closed. */
const START = '2026-11-02T09:00:00.000Z';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(entry => join(entry.parentPath, entry.name));
}

function readAll(texts: string[]): Entity[] {
  return texts.flatMap(text =>
    parseAllDocuments(text).flatMap(document =>
      document.contents === null ? [] : [document.toJS() as Entity],
    ),
  );
}

function play({ metadata, spec }: SopEntity): string {
  return simulate({
    spec,
    sopRef: `sop:default/${metadata.name}`,
    title: metadata.title ?? metadata.name,
    initiator: 'user:default/ana.duarte',
    startAt: START,
  }).outcome;
}

/** Milliseconds of the first and of the median run. */
function timed(work: () => void): { firstMs: number; p50Ms: number } {
  const times = Array.from({ length: REPEATS }, () => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  });
  return { firstMs: round(times[0]), p50Ms: round(median(times)) };
}

function main(): void {
  const texts = filesBelow(CATALOG).map(file => readFileSync(file, 'utf8'));
  const reading = timed(() => readAll(texts));
  const procedures = readAll(texts).filter(
    ({ kind }) => kind === 'SOP',
  ) as SopEntity[];
  const checking = timed(() => {
    const bad = procedures.filter(entity => validateSop(entity).length > 0);
    if (bad.length > 0) {
      throw new Error(`${bad.map(({ metadata }) => metadata.name)} not valid`);
    }
  });
  print({
    benchmark: 'library-validate',
    procedures: procedures.length,
    ...checking,
    ceilingFirstMs: reading.firstMs,
    ratio: round(checking.firstMs / reading.firstMs, 2),
    goalMs: 2_000,
  });
  let completed = 0;
  const playing = timed(() => {
    completed = procedures.filter(
      entity => play(entity) === 'completed',
    ).length;
  });
  print({
    benchmark: 'library-simulate',
    procedures: procedures.length,
    ...playing,
    completed,
    ceilingFirstMs: checking.firstMs,
    ratio: round(playing.firstMs / checking.firstMs, 2),
    goalMs: 30_000,
  });
}

main();
