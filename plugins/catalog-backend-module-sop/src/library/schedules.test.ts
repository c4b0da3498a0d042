import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  filterPredicateToFilterFunction,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import { JsonValue } from '@backstage/types';
import {
  LIBRARY,
  OTHER_ENTITIES,
  procedureNamed,
} from './__testUtils__/library';
import { combine, PLANS } from './__testUtils__/plans';
import { Player } from './__testUtils__/Player';

const scheduled = LIBRARY.flatMap(({ name, spec }) =>
  spec.schedule ? [{ name, spec, schedule: spec.schedule }] : [],
);

function selects(predicate: JsonValue | undefined, entity: Entity): boolean {
  return (
    predicate === undefined ||
    filterPredicateToFilterFunction<Entity>(parseFilterPredicate(predicate))(
      entity,
    )
  );
}

/** What an occurrence starts runs about; none where there is no target. */
function targetsOf(name: string, entities: Entity[] = OTHER_ENTITIES) {
  const { appliesTo, schedule } = procedureNamed(name).spec;
  return appliesTo === undefined
    ? []
    : entities
        .filter(
          one => selects(appliesTo, one) && selects(schedule!.targets, one),
        )
        .map(stringifyEntityRef);
}

it('what starts by itself in a new portal is little, and in its own domain', () => {
  expect(
    Object.fromEntries(scheduled.map(({ name }) => [name, targetsOf(name)])),
  ).toEqual({
    release: ['component:default/web-shop'],
    'access-review': ['group:default/payments', 'group:default/storefront'],
    'backup-restore-drill': [
      'resource:default/ledger-db',
      'resource:default/orders-db',
    ],
    'database-backup': ['resource:default/liberation-db'],
    'disaster-recovery': ['component:default/liberation-backend'],
    'database-maintenance': ['resource:default/liberation-db'],
    // Nothing measures databases and queues of the demo.
    'queue-monitoring': [],
    'backup-age': [],
    'snapshot-check': [],
    'knowledge-base-upkeep': ['component:default/identity-api'],
    'sprint-retrospective': [],
  });
});

it('the queue is checked daily as soon as a Prometheus is named for it', () => {
  const entities = OTHER_ENTITIES.map(one =>
    one.metadata.name === 'liberation-queue'
      ? {
          ...one,
          metadata: {
            ...one.metadata,
            annotations: { 'handrail.dev/prometheus': 'liberation' },
          },
        }
      : one,
  );
  expect(targetsOf('queue-monitoring', entities)).toEqual([
    'resource:default/liberation-queue',
  ]);
});

it.each(scheduled)(
  '$name can be run to its end with the inputs of its schedule',
  ({ name, spec, schedule }) => {
    const plan = { ...PLANS[name], inputs: undefined };
    const { state } = new Player(
      spec,
      combine(plan, { inputs: schedule.inputs }),
    ).play(name);
    expect(state.inputs).toMatchObject(schedule.inputs ?? {});
    expect(state.status).toBe('completed');
  },
);
