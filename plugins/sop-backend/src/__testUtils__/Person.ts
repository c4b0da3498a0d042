import { TestBackend } from '@backstage/backend-test-utils';
import { CommandBody, RunView, TaskItem } from '@handrail/plugin-sop-common';
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
  readonly #backend: TestBackend;
  readonly #header: string;

  constructor(backend: TestBackend, header: string) {
    this.#backend = backend;
    this.#header = header;
  }

  get(path: string) {
    return request(this.#backend.server)
      .get(`/api/sop${path}`)
      .set('Authorization', this.#header);
  }

  post(path: string, body: object = {}) {
    return request(this.#backend.server)
      .post(`/api/sop${path}`)
      .set('Authorization', this.#header)
      .send(body);
  }

  send(method: string, path: string, body: object = {}) {
    const agent = request(this.#backend.server);
    const send = agent[method as 'post' | 'put' | 'patch' | 'delete'];
    return send
      .call(agent, `/api/sop${path}`)
      .set('Authorization', this.#header)
      .send(body);
  }

  start(sop: string, more: object = {}) {
    return this.post('/runs', {
      sopRef: `sop:default/${sop}`,
      commandId: this.commandId(),
      ...more,
    });
  }

  command(runId: string, command: object, commandId = this.commandId()) {
    return this.post(`/runs/${runId}/commands`, { commandId, command });
  }

  /** Acts on a task as it is now; fails the test when that is refused. */
  async act(
    runId: string,
    stepId: string,
    command: Omit<CommandBody, 'stepId' | 'taskVersion'>,
  ): Promise<RunView> {
    const run = await this.run(runId);
    const response = await this.command(runId, {
      ...command,
      stepId,
      taskVersion: run.steps.find(step => step.id === stepId)?.version,
    });
    return accepted(response);
  }

  async run(runId: string): Promise<RunView> {
    const response = await this.get(`/runs/${runId}`);
    return accepted(response);
  }

  async tasks(scope: 'me' | 'groups' | 'done'): Promise<TaskItem[]> {
    const response = await this.get(`/tasks?scope=${scope}`);
    return accepted(response).items;
  }

  /** Waits until the run is as it should be. */
  async until(
    runId: string,
    condition: (run: RunView) => boolean,
    millis = 8000,
  ): Promise<RunView> {
    const end = Date.now() + millis;
    for (;;) {
      const run = await this.run(runId);
      if (condition(run)) {
        return run;
      }
      if (Date.now() > end) {
        throw new Error(
          `Waited in vain: ${run.headline}; ${JSON.stringify(
            run.timeline.slice(0, 5),
          )}`,
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
