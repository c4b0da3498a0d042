import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CheckStep,
  evaluateCondition,
  renderText,
} from '@handrail/plugin-sop-common';
import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';

const LIBRARY = resolve(__dirname, '../../../../catalog/library');

/** The check steps of a procedure of the library. */
export function checksOf(
  file: string,
  domain: string = 'data-liberation',
): CheckStep[] {
  const path = resolve(LIBRARY, domain, 'sops', file);
  const { spec } = parse(readFileSync(path, 'utf8'));
  return spec.steps.filter((step: CheckStep) => step.type === 'check');
}

/** What the step makes of an output: nothing when it passes, else its message. */
export function verdict(step: CheckStep, output: JsonObject): string {
  const context = { output };
  return evaluateCondition(step.expect, context)
    ? ''
    : renderText(step.message ?? '', context);
}
