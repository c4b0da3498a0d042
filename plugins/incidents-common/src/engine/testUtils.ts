import { DEFAULT_INCIDENT_POLICY } from '../policy';
import { AnyIncidentCommand } from './commands';
import { decideIncident } from './decide';
import { evolveIncident } from './evolve';
import { AnyIncidentEvent, IncidentActor, IncidentState } from './types';

export function person(name: string): IncidentActor {
  return { ref: `user:default/${name}`, kind: 'user' };
}

/** Plays an incident by the public functions only, with a clock of its own. */
export class Play {
  state: IncidentState | undefined;
  events: AnyIncidentEvent[] = [];
  millis = Date.parse('2026-11-20T10:00:00.000Z');
  readonly policy = DEFAULT_INCIDENT_POLICY;

  get now(): string {
    return new Date(this.millis).toISOString();
  }

  get incident(): IncidentState {
    return this.state as IncidentState;
  }

  /** Minutes go by; duties are fired at the end of them only. */
  forward(minutes: number): this {
    this.millis += minutes * 60_000;
    return this;
  }

  do(command: AnyIncidentCommand, actor?: IncidentActor): AnyIncidentEvent[] {
    const events = decideIncident(this.state, command, {
      now: this.now,
      actor,
      policy: this.policy,
    });
    for (const event of events) {
      this.state = evolveIncident(this.state, event);
      this.events.push(event);
    }
    return events;
  }

  declare(more: object = {}): this {
    this.do(
      {
        type: 'declare',
        incidentId: 'i',
        reference: 'INC-1',
        title: 'Checkout fails',
        severity: 'SEV-1',
        entityRefs: ['component:default/checkout'],
        owners: ['group:default/payments'],
        ...more,
      },
      person('ana'),
    );
    return this;
  }

  fire(): void {
    for (const { obligationId } of this.incident.obligations) {
      this.do({ type: 'fire', obligationId });
    }
  }

  /** The open duty of a kind. */
  duty(kind: string) {
    return this.incident.obligations.find(
      one =>
        one.kind === kind && !['satisfied', 'cancelled'].includes(one.state),
    );
  }
}
