import { placeAt } from '../places';
import { perFile, Problem, Validator } from '../types';
import { isRecord, YamlDocument } from '../Workspace';

const KINDS = [
  'SLO',
  'SLI',
  'Service',
  'DataSource',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
];

/** OpenSLO documents: version, kind, name and spec. */
export const openSloValidator: Validator = {
  id: 'openslo',
  select: workspace => workspace.yamlWhere(isOpenSlo),
  check: perFile(({ path }, { workspace }) =>
    workspace
      .yaml(path)
      .flatMap(yaml =>
        isRecord(yaml.value) && isOpenSlo(yaml.value)
          ? checkDocument(path, yaml, yaml.value)
          : [],
      ),
  ),
};

function isOpenSlo({ apiVersion }: Record<string, unknown>): boolean {
  return String(apiVersion).startsWith('openslo/');
}

function checkDocument(
  path: string,
  yaml: YamlDocument,
  value: Record<string, unknown>,
): Problem[] {
  const { apiVersion, kind, metadata, spec } = value;
  const name = isRecord(metadata) ? metadata.name : undefined;
  const problems: Problem[] = [];
  const refuse = (at: string[], found: unknown, allowed: string) =>
    problems.push({
      path,
      ...placeAt(yaml, at),
      message: `${at.join('.')} is not valid`,
      found: found === undefined ? 'nothing' : JSON.stringify(found),
      allowed,
    });
  if (apiVersion !== 'openslo/v1') {
    refuse(['apiVersion'], apiVersion, 'openslo/v1');
  }
  if (!KINDS.includes(String(kind))) {
    refuse(['kind'], kind, KINDS.join(', '));
  }
  if (
    typeof name !== 'string' ||
    !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)
  ) {
    refuse(
      ['metadata', 'name'],
      name,
      'a name of a-z, 0-9 and dashes, at most 63 characters',
    );
  }
  if (!isRecord(spec)) {
    refuse(['spec'], spec, 'an object');
  }
  return problems;
}
