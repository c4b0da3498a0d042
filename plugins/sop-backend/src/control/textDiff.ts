import { SopSpec } from '@handrail/plugin-sop-common';
import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';

/** Lines around each difference. */
const CONTEXT = 3;

/** The difference as text: a unified diff of both as YAML. */
export function textDiff(
  before: { name: string; spec: SopSpec },
  after: { name: string; spec: SopSpec },
): string {
  return createTwoFilesPatch(
    before.name,
    after.name,
    asYaml(before.spec),
    asYaml(after.spec),
    undefined,
    undefined,
    { context: CONTEXT },
  );
}

/** Revisions are kept as canonical JSON, whose keys are sorted; so both agree. */
function asYaml(spec: SopSpec): string {
  return stringify(spec, { lineWidth: 100 });
}
