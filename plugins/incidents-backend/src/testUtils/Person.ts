import { TestBackend } from '@backstage/backend-test-utils';
import {
  IncidentCommandBody,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import request, { Response } from 'supertest';

let commandNumber = 0;

function accepted(response: Response) {
  if (response.status >= 400) {
    throw new Error(`${response.status}: ${JSON.stringify(response.body)}`);
  }
  return response.body;
}

/** Somebody who talks to the API by HTTP. */
export class Person {
  constructor(
    private readonly backend: TestBackend,
    private readonly header: string,
  ) {}

  get(path: string) {
    return request(this.backend.server)
      .get(`/api/incidents${path}`)
      .set('Authorization', this.header);
  }

  post(path: string, body: object = {}) {
    return request(this.backend.server)
      .post(`/api/incidents${path}`)
      .set('Authorization', this.header)
      .send(body);
  }

  declaring(more: object = {}) {
    return this.post('/incidents', {
      commandId: this.commandId(),
      title: 'Checkout fails',
      severity: 'SEV-2',
      entityRefs: ['component:default/checkout'],
      ...more,
    });
  }

  async declare(more: object = {}): Promise<IncidentView> {
    return accepted(await this.declaring(more));
  }

  command(
    incidentId: string,
    command: object,
    more: { commandId?: string; expectedVersion?: number } = {},
  ) {
    return this.post(`/incidents/${incidentId}/commands`, {
      commandId: this.commandId(),
      command,
      ...more,
    });
  }

  /** Fails the test when it is refused. */
  async do(
    incidentId: string,
    command: IncidentCommandBody,
  ): Promise<IncidentView> {
    return accepted(await this.command(incidentId, command));
  }

  async incident(incidentId: string): Promise<IncidentView> {
    return accepted(await this.get(`/incidents/${incidentId}`));
  }

  async read(path: string) {
    return accepted(await this.get(path));
  }

  /** Waits until the incident is as it should be. */
  async until(
    incidentId: string,
    condition: (incident: IncidentView) => boolean,
    millis = 10_000,
  ): Promise<IncidentView> {
    const end = Date.now() + millis;
    for (;;) {
      const incident = await this.incident(incidentId);
      if (condition(incident)) {
        return incident;
      }
      if (Date.now() > end) {
        throw new Error(
          `Waited in vain: ${JSON.stringify(incident.timeline.slice(0, 5))}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 30));
    }
  }

  commandId(): string {
    commandNumber += 1;
    return `command-${commandNumber}`;
  }
}
