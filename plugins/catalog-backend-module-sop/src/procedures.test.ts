import { readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { formatProblem, validateSop } from '@handrail/plugin-sop-common';
import { parseAllDocuments } from 'yaml';

const FOLDER = resolve(__dirname, '../../../catalog/sops');

const files = readdirSync(FOLDER).filter(name => name.endsWith('.yaml'));

it('finds the procedures of the portal', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'deploy-003-database-migration.yaml',
      'sop-001-development-workflow.yaml',
      'sop-002-release.yaml',
      'sop-004-data-change.yaml',
    ]),
  );
});

it.each(files)('%s can be registered', name => {
  const documents = parseAllDocuments(
    readFileSync(resolve(FOLDER, name), 'utf8'),
  );
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(
    documents.flatMap(document =>
      validateSop(document.toJS()).map(formatProblem),
    ),
  ).toEqual([]);
});
