import { validateSop } from '@handrail/plugin-sop-common';
import { dottedParts, placeAt } from '../places';
import { perFile, Problem, Validator } from '../types';
import { isRecord } from '../Workspace';

/** Standard operating procedures that the catalog would take. */
export const sopValidator: Validator = {
  id: 'sop',
  select: workspace => workspace.yamlWhere(isSop),
  check: perFile(({ path }, { workspace }) =>
    workspace
      .yaml(path)
      .filter(({ value }) => isRecord(value) && isSop(value))
      .flatMap((yaml): Problem[] =>
        validateSop(yaml.value).map(
          ({ path: at, message, found, allowed }) => ({
            path,
            ...placeAt(yaml, dottedParts(at)),
            message: at ? `${at}: ${message}` : message,
            ...(found === undefined ? {} : { found }),
            ...(allowed === undefined ? {} : { allowed }),
          }),
        ),
      ),
  ),
};

function isSop({ apiVersion, kind }: Record<string, unknown>): boolean {
  return String(apiVersion).startsWith('handrail.dev/') && kind === 'SOP';
}
