import { readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { validateTour } from '@handrail/plugin-onboarding-common';
import { formatProblem } from '@handrail/plugin-sop-common';
import { parseAllDocuments } from 'yaml';

const FOLDER = resolve(__dirname, '../../../catalog/tours');
const files = readdirSync(FOLDER).filter(name => name.endsWith('.yaml'));

it('finds the tours of the portal', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'create-a-service.yaml',
      'first-look.yaml',
      'run-a-procedure.yaml',
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
      validateTour(document.toJS()).map(formatProblem),
    ),
  ).toEqual([]);
});
