import type {
  AlertPage,
  DeclareRequest,
  DeliveryPage,
  GetTimelineRequest,
  IncidentCommandRequest,
  IncidentPage,
  IncidentsApi,
  IncidentTimelinePage,
  IncidentVerification,
  IncidentView,
  ListIncidentsRequest,
} from '@handrail/plugin-incidents-common';
import {
  minutesFromNow,
  sampleAlert,
  sampleEvent,
  sampleIncident,
  sampleMetrics,
  samplePolicy,
} from './samples';

/** A back end in memory, for tests and for looking at the pages alone. */
export class FakeIncidentsApi implements IncidentsApi {
  policy = samplePolicy();
  incidents: IncidentView[] = [sampleIncident()];
  alerts = [sampleAlert()];
  events = [3, 2, 1].map(seq => sampleEvent(seq));
  metrics = sampleMetrics();
  readonly declared: DeclareRequest[] = [];
  readonly commands: IncidentCommandRequest[] = [];
  readonly lists: ListIncidentsRequest[] = [];

  async getPolicy() {
    return this.policy;
  }

  async listIncidents(
    request: ListIncidentsRequest = {},
  ): Promise<IncidentPage> {
    this.lists.push(request);
    const { status, severity, open, entityRef, owner, q } = request;
    const items = this.incidents.filter(
      one =>
        (!status || status.includes(one.status)) &&
        (!severity || severity.includes(one.severity)) &&
        (open === undefined || open === one.open) &&
        (!entityRef || one.entityRefs.includes(entityRef)) &&
        (!owner || one.owners.some(ref => owner.includes(ref))) &&
        (!q || one.title.includes(q)),
    );
    return { items, total: items.length };
  }

  async declare(request: DeclareRequest): Promise<IncidentView> {
    this.declared.push(request);
    return sampleIncident({
      reference: 'INC-14',
      incidentId: 'id-14',
      title: request.title,
    });
  }

  async getIncident(incidentId: string): Promise<IncidentView> {
    const found = this.incidents.find(
      one => one.incidentId === incidentId || one.reference === incidentId,
    );
    if (!found) {
      throw Object.assign(new Error('No such incident'), { statusCode: 404 });
    }
    return found;
  }

  /** Records the command and counts the version up; says so in the headline. */
  async executeCommand(
    incidentId: string,
    request: IncidentCommandRequest,
  ): Promise<IncidentView> {
    this.commands.push(request);
    const known = await this.getIncident(incidentId);
    const changed: IncidentView = {
      ...known,
      version: known.version + 1,
      headline: `After ${request.command.type}`,
    };
    this.replace(changed);
    return changed;
  }

  /** What somebody else did. */
  replace(incident: IncidentView): void {
    this.incidents = this.incidents.map(one =>
      one.incidentId === incident.incidentId ? incident : one,
    );
  }

  async getTimeline(
    _incidentId: string,
    page: GetTimelineRequest = {},
  ): Promise<IncidentTimelinePage> {
    const { before = Infinity, limit = 50 } = page;
    const older = this.events.filter(event => event.seq < before);
    const items = older.slice(0, limit);
    return {
      genesis: 'a'.repeat(64),
      items,
      ...(older.length > limit && { nextBefore: items[items.length - 1].seq }),
    };
  }

  async verifyIncident(): Promise<IncidentVerification> {
    return {
      ok: true,
      events: this.events.length,
      message: `All ${this.events.length} events are as they were written.`,
      checkedAt: minutesFromNow(0),
    };
  }

  async getMetrics() {
    return this.metrics;
  }

  async listAlerts(): Promise<AlertPage> {
    return { items: this.alerts };
  }

  async listDeliveries(): Promise<DeliveryPage> {
    return { items: [] };
  }
}
