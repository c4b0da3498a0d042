import {
  AnyIncidentEvent,
  describeIncidentEvent,
  GUARDS,
  guardRefusal,
  IncidentActor,
  IncidentCommandType,
  IncidentPermit,
  IncidentPolicy,
  IncidentState,
  IncidentTimelineEntry,
  IncidentView,
  isOpenObligation,
  NameOf,
  Obligation,
  ObligationView,
  obligationTitle,
  responsibleFor,
  RoleView,
} from '@handrail/plugin-incidents-common';
import { countAlerts } from '../alerts/queries';
import { IncidentStore } from '../database/IncidentStore';
import { projectIncident } from '../database/projections';
import { DbIncident, peopleOfHeadline, toSummary } from '../database/queries';
import { Names, peopleIn } from './Names';

/** Events of the timeline that come with an incident. */
const TIMELINE = 50;

const YES: IncidentPermit = { allowed: true };
const no = (reason: string): IncidentPermit => ({ allowed: false, reason });

/** An event for people. */
function toTimelineEntry(
  event: AnyIncidentEvent,
  hash: string,
  name?: NameOf,
): IncidentTimelineEntry {
  const { seq, at, type, actor, data } = event;
  return {
    seq,
    at,
    type,
    actor,
    ...describeIncidentEvent(event, name),
    data: { ...data },
    hash,
  };
}

/** What the page of an incident shows to one person. */
export class IncidentViews {
  readonly #store: IncidentStore;
  readonly #policy: IncidentPolicy;
  readonly #names: Names;

  constructor(options: {
    store: IncidentStore;
    policy: IncidentPolicy;
    names: Names;
  }) {
    this.#store = options.store;
    this.#policy = options.policy;
    this.#names = options.names;
  }

  async view(
    state: IncidentState,
    actor: IncidentActor,
    runbook?: string,
  ): Promise<IncidentView> {
    const { incidentId, seq } = state;
    const entries = await this.#store.readTimeline(incidentId, {
      before: seq + 1,
      limit: TIMELINE,
    });
    const row = projectIncident(state).incident as unknown as DbIncident;
    const name = await this.#names.of([
      ...peopleOfHeadline(row),
      ...entries.flatMap(({ event }) => peopleIn(event.data)),
    ]);
    const today = (await this.#store.now()).slice(0, 10);
    const updates = [...state.updates].reverse();
    const update = state.obligations.find(
      one => one.kind === 'update' && isOpenObligation(one),
    );
    return {
      ...toSummary(row, name),
      description: state.description,
      source: state.source,
      impact: state.impact,
      cause: state.cause,
      mitigation: state.mitigation,
      resolution: state.resolution,
      endReason: state.endReason,
      roles: this.#policy.roles.map(one => this.#role(state, actor, one)),
      obligations: sortObligations(state.obligations).map(one =>
        toObligation(state, one),
      ),
      updates,
      nextUpdateAt: update?.dueAt,
      actionItems: state.actionItems.map(item => ({
        ...item,
        overdue:
          item.state === 'open' &&
          item.dueOn !== undefined &&
          item.dueOn < today,
      })),
      review: state.review,
      runs: state.runs,
      runbook,
      alerts: await countAlerts(this.#store.knex, incidentId),
      reopened: Math.max(0, state.intervals.length - 1),
      timeline: entries.map(({ event, hash }) =>
        toTimelineEntry(event, hash, name),
      ),
      permits: this.#permits(state, actor),
    };
  }

  /** Events with their hashes, for people. */
  async timeline(
    entries: Array<{ event: AnyIncidentEvent; hash: string }>,
  ): Promise<IncidentTimelineEntry[]> {
    const name = await this.#names.of(
      entries.flatMap(({ event }) => peopleIn(event.data)),
    );
    return entries.map(({ event, hash }) => toTimelineEntry(event, hash, name));
  }

  /** What people are called. */
  readonly nameOf = (refs: string[]): Promise<NameOf> => this.#names.of(refs);

  #permits(
    state: IncidentState,
    actor: IncidentActor,
  ): Record<string, IncidentPermit> {
    const permits = Object.fromEntries(
      (Object.keys(GUARDS) as IncidentCommandType[]).map(type => {
        const refusal = guardRefusal(state, type);
        return [type, refusal ? no(refusal.message) : YES];
      }),
    );
    const { waiver } = state.review;
    if (permits['approve-waiver'].allowed && waiver?.by === actor.ref) {
      permits['approve-waiver'] = no(
        'You asked for this waiver; a second person has to approve it',
      );
    }
    if (permits.acknowledge.allowed && state.acknowledgedAt) {
      permits.acknowledge = no('Somebody has acknowledged it already');
    }
    return permits;
  }

  #role(
    state: IncidentState,
    actor: IncidentActor,
    definition: { id: string; title: string; description: string },
  ): RoleView {
    const { id: role, title, description } = definition;
    const { holder, acceptedAt, offer } = state.roles[role] ?? {};
    const commander = state.roles.commander?.holder;
    const possible = (type: IncidentCommandType, why: string | undefined) => {
      const refusal = guardRefusal(state, type);
      if (refusal) {
        return no(refusal.message);
      }
      if (actor.kind !== 'user') {
        return no('A role takes a person');
      }
      return why ? no(why) : YES;
    };
    const mine = holder === actor.ref;
    const offered = offer?.to === actor.ref || offer?.by === actor.ref;
    return {
      role,
      title,
      description,
      holder,
      acceptedAt,
      ...(offer
        ? {
            offer: {
              to: offer.to,
              by: offer.by,
              at: offer.at,
              expiresAt: offer.expiresAt,
            },
          }
        : {}),
      permits: {
        take: possible('take-role', mine ? 'You hold it already' : undefined),
        offer: possible(
          'offer-role',
          holder && !mine && commander !== actor.ref
            ? 'Only who holds it, or the commander, can offer it'
            : undefined,
        ),
        accept: possible(
          'accept-role',
          offer?.to === actor.ref ? undefined : 'It is not offered to you',
        ),
        decline: possible(
          'decline-role',
          offered ? undefined : 'It is not offered to you or by you',
        ),
        release: possible('release-role', releaseRefusal(role, mine)),
      },
    };
  }
}

function releaseRefusal(role: string, mine: boolean): string | undefined {
  if (!mine) {
    return 'You do not hold it';
  }
  return role === 'commander'
    ? 'Offer command to somebody; it is yours until they accept'
    : undefined;
}

function sortObligations(all: Obligation[]): Obligation[] {
  const open = all.filter(isOpenObligation);
  const over = all.filter(one => !isOpenObligation(one));
  return [
    ...open.sort((a, b) => a.dueAt.localeCompare(b.dueAt)),
    ...over.reverse(),
  ];
}

function toObligation(
  state: IncidentState,
  obligation: Obligation,
): ObligationView {
  const { levels: _, ...view } = obligation;
  return {
    ...view,
    title: obligationTitle(obligation),
    late: obligation.breachedAt !== undefined,
    responsible: isOpenObligation(obligation)
      ? responsibleFor(state, obligation)
      : [],
  };
}
