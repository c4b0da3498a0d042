import { posix } from 'node:path';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  Entity,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  KindValidator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import picomatch from 'picomatch';
import {
  describe,
  dottedParts,
  placeAt,
  pointerParts,
  valueAt,
} from '../places';
import { perFile, Problem, Validator } from '../types';
import { isRecord, Workspace, YamlDocument } from '../Workspace';

const POLICIES = [
  new NoForeignRootFieldsEntityPolicy(),
  new SchemaValidEntityPolicy(),
  new FieldFormatEntityPolicy(),
];
const KINDS: KindValidator[] = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];
const API_VERSION = /^(backstage\.io|scaffolder\.backstage\.io)\//;
/** Fields that refer to another entity, with the kind they mean by default. */
const REFS = { owner: 'group', system: 'system', domain: 'domain' } as const;

/** What the catalog would refuse to register. */
export const catalogValidator: Validator = {
  id: 'catalog',
  select: workspace => {
    const named = workspace
      .withExtension('.yaml', '.yml')
      .filter(path => posix.basename(path) === 'catalog-info.yaml');
    const others = workspace.yamlWhere(
      value => API_VERSION.test(String(value.apiVersion)) || isOwnKind(value),
    );
    return [...new Set([...named, ...others])];
  },
  check: perFile(async ({ path }, { workspace }) => {
    const problems: Problem[] = [];
    for (const yaml of workspace.yaml(path)) {
      if (yaml.value !== undefined && yaml.value !== null) {
        const found: Found[] = [];
        const value = substitute(yaml.value, [], (parts, target) => {
          if (!workspace.has(posix.join(posix.dirname(path), target))) {
            found.push({
              ...placeAt(yaml, parts),
              message: `${parts.join('.')} names a file that is not there`,
              found: describe(target),
              allowed: 'a file of the workspace, relative to this one',
            });
          }
        });
        found.push(...(await checkEntity({ ...yaml, value })));
        found.push(...missingTargets(yaml, path, workspace));
        problems.push(...found.map(problem => ({ path, ...problem })));
      }
    }
    return problems;
  }),
};

type Found = Omit<Problem, 'path'>;

/** Kinds of this suite, which have checks of their own beside the catalog's. */
function isOwnKind({ apiVersion, kind }: Record<string, unknown>): boolean {
  return (
    isOpenSlo(apiVersion) ||
    (String(apiVersion).startsWith('handrail.dev/') &&
      ['SOP', 'Tour'].includes(String(kind)))
  );
}

function isOpenSlo(apiVersion: unknown): boolean {
  return String(apiVersion).startsWith('openslo/');
}

/** What the catalog's policies get to see of an OpenSLO document. */
function asEntity(value: Entity): Entity {
  if (!isOpenSlo(value.apiVersion) || !isRecord(value.metadata)) {
    return value;
  }
  // Its processor keeps those labels that the catalog takes.
  const { labels: _labels, ...metadata } = value.metadata;
  return { ...value, metadata, spec: value.spec ?? {} } as Entity;
}

/** Files that a location wants registered and that are not there. */
function missingTargets(
  yaml: YamlDocument,
  path: string,
  workspace: Workspace,
): Found[] {
  const { kind, spec } = isRecord(yaml.value) ? yaml.value : {};
  if (kind !== 'Location' || !isRecord(spec)) {
    return [];
  }
  const targets: Array<[Array<string | number>, unknown]> = [
    [['target'], spec.target],
    ...(Array.isArray(spec.targets) ? spec.targets : []).map(
      (target, at): [Array<string | number>, unknown] => [
        ['targets', at],
        target,
      ],
    ),
  ];
  return targets.flatMap(([parts, target]) => {
    // What stands at other hosts is the catalog's business.
    if (typeof target !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(target)) {
      return [];
    }
    const pattern = posix.join(posix.dirname(path), target);
    const matches = picomatch(pattern, { dot: true });
    const there =
      workspace.has(pattern) ||
      (pattern.includes('*') && workspace.texts.some(file => matches(file)));
    return there
      ? []
      : [
          {
            ...placeAt(yaml, ['spec', ...parts]),
            message: `spec.${parts.join('.')} names a file that is not there`,
            found: describe(target),
            allowed: 'a file of the workspace, relative to this one',
          },
        ];
  });
}

/**
 * Puts a text where the catalog puts the content of a file: `$text`, `$json` and
 * `$yaml`. Files of other hosts are the catalog's business.
 */
function substitute(
  value: unknown,
  parts: Array<string | number>,
  onFile: (parts: Array<string | number>, target: string) => void,
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      substitute(item, [...parts, index], onFile),
    );
  }
  if (!isRecord(value)) {
    return value;
  }
  const entries = Object.entries(value);
  const [key, target] = entries[0] ?? [];
  if (
    entries.length === 1 &&
    ['$text', '$json', '$yaml'].includes(String(key)) &&
    typeof target === 'string'
  ) {
    if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) {
      onFile([...parts, String(key)], target);
    }
    return key === '$text' ? 'text' : {};
  }
  return Object.fromEntries(
    entries.map(([name, item]) => [
      name,
      substitute(item, [...parts, name], onFile),
    ]),
  );
}

async function checkEntity(yaml: YamlDocument): Promise<Found[]> {
  const entity = yaml.value as Entity;
  if (!isRecord(entity)) {
    return [
      {
        ...placeAt(yaml, []),
        message: 'is no entity',
        found: describe(entity),
        allowed: 'an object with apiVersion, kind and metadata',
      },
    ];
  }
  try {
    for (const policy of POLICIES) {
      await policy.enforce(asEntity(entity));
    }
    for (const validator of KINDS) {
      await validator.check(entity);
    }
  } catch (error) {
    return [explain((error as Error).message, yaml)];
  }
  return checkRefs(entity, yaml);
}

function checkRefs(entity: Entity, yaml: YamlDocument): Found[] {
  return Object.entries(REFS).flatMap(([field, defaultKind]) => {
    const ref = entity.spec?.[field];
    if (typeof ref !== 'string') {
      return [];
    }
    try {
      const { kind, name } = parseEntityRef(ref, { defaultKind });
      if (/^[a-z0-9A-Z]([-a-z0-9A-Z_.]*[a-z0-9A-Z])?$/.test(name) && kind) {
        return [];
      }
    } catch {
      // Said below, in the same words.
    }
    return [
      {
        ...placeAt(yaml, ['spec', field]),
        message: `spec.${field} is no reference to an entity`,
        found: describe(ref),
        allowed: '[kind:][namespace/]name',
      },
    ];
  });
}

/** Finds the place that a message of the catalog model speaks of. */
function explain(message: string, yaml: YamlDocument): Found {
  const field =
    /^"((?:metadata|spec|labels|annotations|tags|links)[^"]*)" is not valid; expected (.*?) but found/.exec(
      message,
    );
  if (field) {
    const [, dotted, allowed] = field;
    const parts = dottedParts(
      /^(metadata|spec)/.test(dotted) ? dotted : `metadata.${dotted}`,
    );
    return {
      ...placeAt(yaml, parts),
      message: `${parts.join('.')} is not valid`,
      found: describe(valueAt(yaml.value, parts)),
      allowed,
    };
  }
  const foreign = /^Unknown field (.+)$/.exec(message);
  if (foreign) {
    return {
      ...placeAt(yaml, [foreign[1]], { key: true }),
      message: `${foreign[1]} is not known`,
      found: foreign[1],
      allowed: 'apiVersion, kind, metadata, spec, relations, status',
    };
  }
  const schema = /(<root>|\/\S*) (must .*?)(?: - (\w+): (.*))?$/.exec(message);
  if (!schema) {
    return { ...placeAt(yaml, []), message };
  }
  const [, pointer, rule, parameter, value] = schema;
  const parts = pointer === '<root>' ? [] : pointerParts(pointer);
  const extra = parameter === 'additionalProperty' ? [value] : [];
  const missing = /required property '(.+?)'/.exec(rule)?.[1];
  return {
    ...placeAt(yaml, [...parts, ...extra], { key: extra.length > 0 }),
    message: `${parts.join('.') || 'the document'} ${rule}`,
    found:
      extra[0] ?? (missing ? 'nothing' : describe(valueAt(yaml.value, parts))),
    allowed: missing ?? rule.replace(/^must (be|have|NOT have) /, ''),
  };
}
