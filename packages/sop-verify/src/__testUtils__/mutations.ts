import { Event } from '..';
import { JsonObject } from '../replay/types';

/** As much of the source of chance as is used here. */
interface Chance {
  below(below: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

const PEOPLE = ['ana', 'dev', 'ben', 'cho', 'dia', 'olu', 'zoe', 'eve'].map(
  name => `user:default/${name}`,
);

const later = (at: string, ms: number) =>
  new Date(Date.parse(at) + ms).toISOString();

type Mutation = (events: Event[], random: Chance) => Event[];

const where = (
  events: Event[],
  random: Chance,
  fits: (event: Event) => unknown,
): number => {
  const places = events.flatMap((event, i) => (fits(event) ? [i] : []));
  return places.length ? random.pick(places) : -1;
};

const change = (
  events: Event[],
  i: number,
  edit: (event: Event) => Event,
): Event[] => events.map((event, n) => (n === i ? edit(event) : event));

/** As it would be stored: what is undefined is not there. */
const withData = (event: Event, data: object): Event =>
  ({
    ...event,
    data: JSON.parse(JSON.stringify({ ...event.data, ...data })),
  } as Event);

/** What somebody with the pen could do to a journal. */
export const MUTATIONS: Record<string, Mutation> = {
  'another actor': (events, random) => {
    const i = where(events, random, event => event.actor);
    return change(events, i, event => ({
      ...event,
      actor: random.pick(PEOPLE),
    }));
  },
  'somebody who did other work': (events, random) => {
    const others = events.flatMap(event => event.actor ?? []);
    const i = where(events, random, event => event.data.basis);
    return change(events, i, event => ({
      ...event,
      actor: random.pick(others),
    }));
  },
  'another actor by name': (events, random) => {
    const i = where(events, random, event => event.data.basis);
    const actor = random.pick(PEOPLE);
    return change(events, i, event => ({
      ...withData(event, { basis: actor }),
      actor,
    }));
  },
  'another basis': (events, random) => {
    const i = where(events, random, event => event.data.basis);
    const basis = `group:default/${random.pick([
      'reviewers',
      'ops',
      'developers',
      'others',
    ])}`;
    return change(events, i, event => withData(event, { basis }));
  },
  'an actor where none was': (events, random) => {
    const i = random.below(events.length);
    return change(events, i, ({ actor, ...event }) =>
      actor ? event : { ...event, actor: random.pick(PEOPLE) },
    );
  },
  'an event taken out': (events, random) => {
    const i = random.below(events.length);
    return events.filter((_, n) => n !== i);
  },
  'a vote taken out': (events, random) => {
    const i = where(events, random, event => event.type === 'vote.cast');
    return events.filter((_, n) => n !== i);
  },
  'a step taken out': (events, random) => {
    const i = where(events, random, event => event.data.stepId);
    return events.filter(
      event => event.data.stepId !== events[Math.max(i, 0)].data.stepId,
    );
  },
  'two events exchanged': (events, random) => {
    const list = [...events];
    const i = random.below(list.length);
    const j = random.chance(0.5)
      ? Math.min(i + 1, list.length - 1)
      : random.below(list.length);
    [list[i], list[j]] = [list[j], list[i]];
    return list;
  },
  'two events exchanged, their times not': (events, random) => {
    const list = [...events];
    const i = random.below(list.length);
    const j = Math.min(i + 1, list.length - 1);
    [list[i], list[j]] = [
      { ...list[j], at: list[i].at },
      { ...list[i], at: list[j].at },
    ];
    return list;
  },
  'an event repeated': (events, random) => {
    const i = random.below(events.length);
    return [...events.slice(0, i + 1), ...events.slice(i)];
  },
  'evidence taken away': (events, random) => {
    const i = where(events, random, event => event.data.evidence);
    return change(events, i, event => {
      const evidence = { ...(event.data.evidence as Record<string, any>) };
      delete evidence[random.pick(Object.keys(evidence))];
      return withData(event, { evidence });
    });
  },
  'other evidence': (events, random) => {
    const i = where(events, random, event => event.data.evidence);
    return change(events, i, event => {
      const evidence = { ...(event.data.evidence as Record<string, any>) };
      const id = random.pick(Object.keys(evidence));
      evidence[id] = random.pick([7, 'v99', false, '', 1.5, 'https://a.b']);
      return withData(event, { evidence });
    });
  },
  'another date': (events, random) => {
    const i = random.below(events.length);
    const ms = random.pick([-3_600_000, -1000, -1, 1, 1000, 3_600_000]);
    return change(events, i, event => ({ ...event, at: later(event.at, ms) }));
  },
  'a round backdated': (events, random) => {
    const { at } = random.pick(events);
    const ms = random.pick([-3_600_000, -61_000, -500, -1]);
    return events.map(event =>
      event.at === at ? { ...event, at: later(at, ms) } : event,
    );
  },
  'everything after backdated': (events, random) => {
    const { at } = random.pick(events);
    const ms = random.pick([-61_000, -1500, -900]);
    return events.map(event =>
      event.at >= at ? { ...event, at: later(event.at, ms) } : event,
    );
  },
  'the end cut off': (events, random) =>
    events.slice(0, 1 + random.below(events.length)),
  'another decision': (events, random) => {
    const i = where(events, random, event => event.type === 'vote.cast');
    return change(events, i, event =>
      withData(event, {
        decision: event.data.decision === 'approve' ? 'reject' : 'approve',
      }),
    );
  },
  'another count of votes': (events, random) => {
    const i = where(events, random, event => event.type === 'vote.cast');
    return change(events, i, event =>
      withData(event, {
        [random.pick(['required', 'eligible'])]: random.below(6),
      }),
    );
  },
  'another step': (events, random) => {
    const i = where(events, random, event => event.data.stepId);
    const { stepId } = random.pick(events).data;
    return change(events, i, event => withData(event, { stepId }));
  },
  'another number': (events, random) => {
    const isNumber = (value: unknown) => typeof value === 'number';
    const i = where(events, random, event =>
      Object.values(event.data).some(isNumber),
    );
    return change(events, i, event => {
      const [key] = Object.entries(event.data).find(([, v]) => isNumber(v))!;
      return withData(event, { [key]: Number(event.data[key]) + 1 });
    });
  },
  'another time planned': (events, random) => {
    const fields = [
      ...['dueAt', 'retryAt', 'guardAt', 'nextAt', 'measuredAt'],
      'reviewDueAt',
    ];
    const i = where(events, random, event =>
      fields.some(key => event.data[key]),
    );
    return change(events, i, event => {
      const key = fields.find(one => event.data[one])!;
      return withData(event, {
        [key]: later(String(event.data[key]), random.pick([-1000, 1000])),
      });
    });
  },
  'another list': (events, random) => {
    const keys = [
      'potentialOwners',
      'excludedOwners',
      'skipped',
      'nested',
      'stepIds',
      'queue',
      'to',
      'checks',
      'bypassed',
      'skips',
      'reviewers',
    ];
    const i = where(events, random, event =>
      keys.some(key => (event.data[key] as unknown[])?.length),
    );
    return change(events, i, event => {
      const key = keys.find(one => (event.data[one] as unknown[])?.length)!;
      const list = event.data[key] as string[];
      return withData(event, {
        [key]: random.chance(0.5) ? list.slice(1) : [...list].reverse(),
      });
    });
  },
  'another policy': (events, random) => {
    const named = events.flatMap(
      event => (event.data.policies ?? []) as string[],
    );
    const i = where(events, random, event => event.data.policies);
    return change(events, i, event => {
      const policies = event.data.policies as string[];
      const other = named.filter(hash => !policies.includes(hash));
      if (other.length && policies.length === 1) {
        return withData(event, { policies: [random.pick(other)] });
      }
      const fewer = policies.filter(() => random.chance(0.5));
      return withData(event, { policies: fewer.length ? fewer : undefined });
    });
  },
  'another block': (events, random) => {
    const i = where(events, random, event => event.type === 'step.blocked');
    return change(events, i, event => {
      const blocks = event.data.blocks as JsonObject[];
      const [first, ...rest] = blocks;
      const until = later(String(first.until ?? event.at), 60_000);
      return withData(event, {
        blocks: random.pick([rest, [{ ...first, until }, ...rest]]),
      });
    });
  },
  'a lock nobody had': (events, random) => {
    const isGrant = ({ type }: Event) => type === 'lock.acquired';
    const i = where(events, random, isGrant);
    return random.chance(0.5)
      ? change(events, i, event => withData(event, { key: 'other' }))
      : events.filter(event => !isGrant(event));
  },
  'another event heard': (events, random) => {
    const i = where(events, random, event => event.type === 'event.received');
    return change(events, i, event =>
      withData(event, {
        ...random.pick<object>([
          { source: 'elsewhere' },
          { topic: 'refused' },
          { eventId: 'e0' },
          { receivedAt: later(String(event.data.receivedAt), -300_000) },
        ]),
      }),
    );
  },
  'never blocked': (events, random) => {
    const i = where(events, random, event => event.type === 'step.blocked');
    const id = events[Math.max(i, 0)].data.stepId;
    return events.filter(
      ({ type, data }) =>
        data.stepId !== id ||
        !['step.blocked', 'step.unblocked'].includes(type),
    );
  },
  'another deadline': (events, random) => {
    const i = where(events, random, event => event.data.deadline);
    return change(events, i, event => {
      const deadline = event.data.deadline as JsonObject | string;
      if (typeof deadline === 'string') {
        return withData(event, {
          deadline: deadline === 'start' ? 'complete' : 'start',
        });
      }
      const key = random.pick(['startBy', 'completeBy', 'escalations']);
      const shifted =
        key !== 'escalations' && deadline[key]
          ? later(String(deadline[key]), 60_000)
          : undefined;
      return withData(event, {
        deadline: {
          ...deadline,
          [key]: key === 'escalations' ? [] : shifted,
        },
      });
    });
  },
  'another effect': (events, random) => {
    const types = ['deadline.passed', 'task.escalated'];
    const i = where(events, random, event => types.includes(event.type));
    return change(events, i, event =>
      withData(
        event,
        event.type === 'task.escalated'
          ? { action: event.data.action === 'widen' ? 'notify' : 'widen' }
          : { effect: random.pick(['fail', 'return', undefined]) },
      ),
    );
  },
  'another measurement': (events, random) => {
    const i = where(events, random, event => event.type === 'guard.measured');
    return change(events, i, event =>
      withData(event, {
        ...random.pick<object>([
          { ok: !event.data.ok },
          { output: { value: random.pick([0.25, 0.95]) } },
          { error: { name: 'Error', message: 'Not there' } },
        ]),
      }),
    );
  },
  'another turn': (events, random) =>
    change(events, 0, event => {
      const roles = event.data.roles as Record<string, JsonObject> | undefined;
      const [name] = Object.keys(roles ?? { duty: {} });
      return withData(event, {
        roles: {
          ...roles,
          [name]: { ...roles?.[name], member: random.pick(PEOPLE) },
        },
      });
    }),
  'another output': (events, random) => {
    const i = where(events, random, event => event.data.output);
    return change(events, i, event =>
      withData(event, {
        output: random.pick([{ value: 0.9 }, { decision: 'approved' }, {}]),
      }),
    );
  },
  'a field taken away': (events, random) => {
    const i = random.below(events.length);
    return change(events, i, event => {
      const data = { ...event.data };
      delete data[random.pick([...Object.keys(data), 'none'])];
      return { ...event, data };
    });
  },
  'a field added': (events, random) => {
    const i = random.below(events.length);
    return change(events, i, event => withData(event, { extra: 1 }));
  },
  'another type': (events, random) => {
    const i = random.below(events.length);
    const { type } = random.pick(events);
    return change(events, i, event => ({ ...event, type }));
  },
  'no reason': (events, random) => {
    const i = where(events, random, event => event.actor && event.data.reason);
    return change(events, i, event =>
      withData(event, { reason: random.pick(['', ' x', 'x'.repeat(4001)]) }),
    );
  },
};

/** Changes a journal in one way; its numbers are made to fit. */
export function mutate(
  random: Chance,
  journal: Event[],
): { name: string; events: Event[] } {
  const name = random.pick(Object.keys(MUTATIONS));
  const events = MUTATIONS[name](journal, random);
  return { name, events: events.map((event, i) => ({ ...event, seq: i + 1 })) };
}
