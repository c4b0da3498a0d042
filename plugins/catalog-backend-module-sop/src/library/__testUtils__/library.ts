import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { SopEntity, SopSpec, SopStep } from '@handrail/plugin-sop-common';
import { parse, parseAllDocuments } from 'yaml';

const CATALOG = resolve(__dirname, '../../../../../catalog');

/** One procedure of the portal with the file it comes from. */
export interface LibraryEntry {
  file: string;
  name: string;
  /** Number of its document; several procedures may share one. */
  number: string;
  /** Folder of its domain; empty for those that belong to the whole portal. */
  domain: string;
  entity: SopEntity;
  spec: SopSpec;
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => join(folder, name));
}

function read(file: string, domain: string): LibraryEntry {
  const entity = parse(readFileSync(file, 'utf8')) as SopEntity;
  return {
    file: file.slice(CATALOG.length + 1),
    name: entity.metadata.name,
    number: entity.spec.document?.number ?? '',
    domain,
    entity,
    spec: entity.spec,
  };
}

/** Folders of the library, one a domain. */
export const DOMAINS = readdirSync(join(CATALOG, 'library')).sort();

/** Every procedure that a new portal has. */
export const LIBRARY: LibraryEntry[] = [
  ...yamlFiles(join(CATALOG, 'sops')).map(file => read(file, '')),
  ...DOMAINS.flatMap(domain =>
    yamlFiles(join(CATALOG, 'library', domain, 'sops')).map(file =>
      read(file, domain),
    ),
  ),
];

/** Everything else that the catalog of a new portal holds: people, systems, … */
export const OTHER_ENTITIES = [
  join(CATALOG, 'org.yaml'),
  join(CATALOG, 'systems.yaml'),
  ...DOMAINS.map(domain => join(CATALOG, 'library', domain, 'domain.yaml')),
]
  // A domain of systems.yaml needs no file of its own.
  .filter(file => existsSync(file))
  .flatMap(file =>
    parseAllDocuments(readFileSync(file, 'utf8')).map(one => one.toJS()),
  );

/** The procedure with a name. */
export function procedureNamed(name: string): LibraryEntry {
  const entry = LIBRARY.find(one => one.name === name);
  if (!entry) {
    throw new Error(`The library has no procedure "${name}"`);
  }
  return entry;
}

/** Steps inside a step, branches and cases included. */
function children(step: SopStep): SopStep[] {
  switch (step.type) {
    case 'parallel':
      return step.branches.flatMap(branch => branch.steps);
    case 'switch':
      return [
        ...step.cases.flatMap(one => one.steps),
        ...(step.default?.steps ?? []),
      ];
    case 'forEach':
      return step.steps;
    default:
      return [];
  }
}

/** All steps of a procedure, branches included. */
export function allSteps(steps: SopStep[]): SopStep[] {
  return steps.flatMap(step => [step, ...allSteps(children(step))]);
}

/** The step of a procedure with an id. */
export function stepOf(sop: string, id: string): SopStep {
  const found = allSteps(procedureNamed(sop).spec.steps).find(
    one => one.id === id,
  );
  if (!found) {
    throw new Error(`${sop} has no step "${id}"`);
  }
  return found;
}
