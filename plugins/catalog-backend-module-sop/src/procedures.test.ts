import { readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { formatProblem, validateSop } from '@handrail/plugin-sop-common';
import { parseAllDocuments } from 'yaml';

const CATALOG = resolve(__dirname, '../../../catalog');
const FOLDERS = [
  'sops',
  ...readdirSync(resolve(CATALOG, 'library')).map(
    domain => `library/${domain}/sops`,
  ),
];

const files = FOLDERS.flatMap(folder =>
  readdirSync(resolve(CATALOG, folder))
    .filter(name => name.endsWith('.yaml'))
    .map(name => `${folder}/${name}`),
);

it('finds the procedures of the portal', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'sops/deploy-003-database-migration.yaml',
      'sops/sop-001-development-workflow.yaml',
      'sops/sop-002-release.yaml',
      'sops/sop-004-data-change.yaml',
    ]),
  );
});

it.each(files)('%s can be registered', name => {
  const documents = parseAllDocuments(
    readFileSync(resolve(CATALOG, name), 'utf8'),
  );
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(
    documents.flatMap(document =>
      validateSop(document.toJS()).map(formatProblem),
    ),
  ).toEqual([]);
});
