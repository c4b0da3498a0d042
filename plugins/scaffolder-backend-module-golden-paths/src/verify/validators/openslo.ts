import { validateOpenSlo } from '@handrail/plugin-slo-common';
import { placeAt, pointerParts } from '../places';
import { perFile, Problem, Validator } from '../types';
import { isRecord } from '../Workspace';

/** OpenSLO documents that the catalog would take. */
export const openSloValidator: Validator = {
  id: 'openslo',
  select: workspace => workspace.yamlWhere(isOpenSlo),
  check: perFile(({ path }, { workspace }) =>
    workspace
      .yaml(path)
      .filter(({ value }) => isRecord(value) && isOpenSlo(value))
      .flatMap((yaml): Problem[] =>
        validateOpenSlo(yaml.value).map(
          ({ path: at, severity, message, found, allowed }) => ({
            path,
            ...placeAt(yaml, pointerParts(at)),
            severity,
            message: `${at || 'the document'} ${message}`,
            ...(found === undefined ? {} : { found }),
            ...(allowed === undefined ? {} : { allowed }),
          }),
        ),
      ),
  ),
};

function isOpenSlo({ apiVersion }: Record<string, unknown>): boolean {
  return String(apiVersion).startsWith('openslo/');
}
