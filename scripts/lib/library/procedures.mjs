/** Reads the procedures that the portal registers. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../paths.mjs';

const yaml = createRequire(join(root, 'package.json'))('yaml');
const catalog = join(root, 'catalog');

function yamlFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => join(folder, name));
}

function read(file, domain) {
  const entity = yaml.parse(readFileSync(file, 'utf8'));
  return {
    name: entity.metadata.name,
    title: entity.metadata.title,
    number: entity.spec.document?.number ?? '',
    domain,
    file: file.slice(root.length + 1),
    page: `${domain}/${entity.metadata.name}.md`,
    entity,
    spec: entity.spec,
  };
}

/** Each procedure with its domain and the page it has in docs/library. */
export function readProcedures() {
  const library = join(catalog, 'library');
  return [
    ...yamlFiles(join(catalog, 'sops')).map(file => read(file, 'portal')),
    ...readdirSync(library)
      .sort()
      .flatMap(domain =>
        yamlFiles(join(library, domain, 'sops')).map(file =>
          read(file, domain),
        ),
      ),
  ];
}

/** The lists of steps inside a step, each with the heading it has. */
export function listsWithin(step) {
  switch (step.type) {
    case 'parallel':
      return step.branches.map((branch, index) => ({
        heading: branch.name ?? `Branch ${index + 1}`,
        every: branch.every,
        steps: branch.steps,
      }));
    case 'switch':
      return [
        ...step.cases.map((one, index) => ({
          heading: one.name ?? `Case ${index + 1}`,
          condition: one.if,
          steps: one.steps,
        })),
        ...(step.default
          ? [
              {
                heading: step.default.name ?? 'Else',
                steps: step.default.steps,
              },
            ]
          : []),
      ];
    case 'forEach':
      return [{ heading: `For each ${step.as ?? 'item'}`, steps: step.steps }];
    default:
      return [];
  }
}

/** All steps of a list, those inside others included. */
export function allSteps(steps) {
  return steps.flatMap(step => [
    step,
    ...listsWithin(step).flatMap(list => allSteps(list.steps)),
  ]);
}
