import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  Entity,
  GroupEntity,
  groupEntityV1alpha1Validator,
  parseEntityRef,
  stringifyEntityRef,
  UserEntity,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';

function read(file: string): Entity[] {
  const text = readFileSync(
    resolve(__dirname, '../../../catalog', file),
    'utf8',
  );
  return parseAllDocuments(text).map(document => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

const isGroup = (entity: Entity): entity is GroupEntity =>
  entity.kind === 'Group';
const isUser = (entity: Entity): entity is UserEntity => entity.kind === 'User';
const nameOf = (entity: Entity) => entity.metadata.name;

describe('the demo organisation', () => {
  const organisation = read('org.yaml');
  const groups = organisation.filter(isGroup);
  const users = organisation.filter(isUser);

  it('consists of valid groups and users', async () => {
    expect(groups.length + users.length).toBe(organisation.length);
    for (const group of groups) {
      await expect(groupEntityV1alpha1Validator.check(group)).resolves.toBe(
        true,
      );
    }
    for (const user of users) {
      await expect(userEntityV1alpha1Validator.check(user)).resolves.toBe(true);
    }
  });

  it('uses no name twice', () => {
    const refs = organisation.map(stringifyEntityRef);
    expect(refs).toEqual([...new Set(refs)]);
  });

  it('is one tree in which parents and children agree', () => {
    expect(groups.filter(group => !group.spec.parent)).toHaveLength(1);
    for (const group of groups) {
      const children = groups
        .filter(other => other.spec.parent === nameOf(group))
        .map(nameOf);
      expect([...group.spec.children].sort()).toEqual(children.sort());
      expect([undefined, ...groups.map(nameOf)]).toContain(group.spec.parent);
    }
  });

  it('gives everybody a role, groups that exist and a team among them', () => {
    const known = groups.map(nameOf);
    for (const user of users) {
      expect(user.metadata.description).toBeTruthy();
      expect(known).toEqual(expect.arrayContaining(user.spec.memberOf ?? []));
      expect(user.spec.memberOf).toContain(
        user.metadata.annotations?.['handrail.dev/team'],
      );
    }
  });

  it.each([
    'developers',
    'domain-owners',
    'release-captains',
    'release-managers',
    'ops',
    'ops-leads',
    'qa',
    'security',
    'leads',
    'engineering-leads',
    'security-leads',
    'data-ops',
    'dba',
    'platform',
    'product',
  ])('has at least two people in %s, so that nobody approves alone', name => {
    const members = users.filter(user => user.spec.memberOf?.includes(name));
    expect(members.length).toBeGreaterThanOrEqual(2);
  });
});

describe('the demo systems', () => {
  const entities = [...read('org.yaml'), ...read('systems.yaml')];
  const refs = new Set(entities.map(stringifyEntityRef));
  // Registered by catalog-info.yaml in the root.
  refs.add('component:default/handrail');

  const refsOf = (entity: Entity, field: string, kind: string) =>
    [entity.spec?.[field] ?? []].flat().map(ref =>
      stringifyEntityRef(
        parseEntityRef(String(ref), {
          defaultKind: kind,
          defaultNamespace: 'default',
        }),
      ),
    );

  it('refer only to what exists', () => {
    for (const entity of read('systems.yaml')) {
      const all = [
        ...refsOf(entity, 'owner', 'group'),
        ...refsOf(entity, 'domain', 'domain'),
        ...refsOf(entity, 'system', 'system'),
        ...refsOf(entity, 'providesApis', 'api'),
        ...refsOf(entity, 'consumesApis', 'api'),
        ...refsOf(entity, 'dependsOn', 'component'),
      ];
      expect(all).not.toEqual([]);
      expect(all.filter(ref => !refs.has(ref))).toEqual([]);
    }
  });
});
