import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import sopPlugin from '@handrail/plugin-sop-backend';
import { RunView } from '@handrail/plugin-sop-common';
import request from 'supertest';
import { parse } from 'yaml';
import sopModuleTickets from '..';

const LIBRARY = resolve(__dirname, '../../../../catalog/library/identity/sops');
const SECRET = 'a-secret-of-the-repository-0123456789';
const DEVELOPER = 'user:default/dev';

// Jest gives a test a world of its own, in which objects that fetch has parsed
// are no plain ones to the expression library.
Response.prototype.json = async function parseHere(this: Response) {
  return JSON.parse(await this.text());
};

/** A procedure of the library; nobody has to sign this copy of it. */
export function procedureOfLibrary(file: string): Entity {
  const entity = parse(readFileSync(resolve(LIBRARY, file), 'utf8'));
  delete entity.spec.document.approvers;
  return entity;
}

/** What the procedures of the library are about. */
const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'identity-api', namespace: 'default' },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'identity-developers',
    system: 'identity-wallet',
  },
};

/** A back end with the real plugin, this module and real calls of actions. */
export class Portal {
  static async start(options: {
    entities: Entity[];
    config: JsonObject;
  }): Promise<Portal> {
    const backend = await startTestBackend({
      features: [
        sopPlugin,
        sopModuleTickets,
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        catalogServiceMock.factory({
          entities: [component, ...options.entities],
        }),
        mockServices.rootConfig.factory({
          data: {
            ...options.config,
            backend: { actions: { pluginSources: ['sop'] } },
            sop: {
              ...(options.config.sop as JsonObject),
              worker: { cadence: 'PT0.2S' },
              webhooks: [
                {
                  source: 'github',
                  format: 'github',
                  secret: SECRET,
                  topics: ['github.create', 'github.pull_request'],
                },
              ],
            },
          },
        }),
        createServiceFactory({
          service: coreServices.userInfo,
          deps: {},
          factory: () => ({
            getUserInfo: async () => ({
              userEntityRef: DEVELOPER,
              ownershipEntityRefs: [
                DEVELOPER,
                'group:default/identity-developers',
                'group:default/identity-support',
              ],
            }),
          }),
        }),
      ],
    });
    return new Portal(backend);
  }

  readonly #backend: TestBackend;
  #commands = 0;

  private constructor(backend: TestBackend) {
    this.#backend = backend;
  }

  stop(): Promise<void> {
    return this.#backend.stop();
  }

  async #call(method: 'get' | 'post', path: string, body?: object) {
    const response = await request(this.#backend.server)
      [method](`/api/sop${path}`)
      .set('Authorization', mockCredentials.user.header(DEVELOPER))
      .send(body);
    if (response.status >= 400) {
      throw new Error(`${response.status}: ${JSON.stringify(response.body)}`);
    }
    return response.body;
  }

  /** @returns the id of the run */
  async begin(sop: string, inputs: JsonObject): Promise<string> {
    this.#commands += 1;
    const { runId } = await this.#call('post', '/runs', {
      sopRef: `sop:default/${sop}`,
      commandId: `command-${this.#commands}`,
      targetRef: 'component:default/identity-api',
      inputs,
    });
    return runId;
  }

  run(runId: string): Promise<RunView> {
    return this.#call('get', `/runs/${runId}`);
  }

  async complete(runId: string, stepId: string, evidence: JsonObject = {}) {
    const run = await this.run(runId);
    this.#commands += 1;
    await this.#call('post', `/runs/${runId}/commands`, {
      commandId: `command-${this.#commands}`,
      command: {
        type: 'complete',
        stepId,
        taskVersion: run.steps.find(one => one.id === stepId)?.version,
        evidence,
      },
    });
  }

  /** Calls an action as a person, as an agent does through MCP. */
  invoke(action: string, input: JsonObject) {
    return request(this.#backend.server)
      .post(
        `/api/sop/.backstage/actions/v1/actions/${encodeURIComponent(
          action,
        )}/invoke`,
      )
      .set('Authorization', mockCredentials.user.header(DEVELOPER))
      .send(input);
  }

  /** Waits until a step has a status. */
  until(runId: string, stepId: string, status: string): Promise<RunView> {
    return this.#wait(
      runId,
      run => run.steps.find(one => one.id === stepId)?.status === status,
      `${stepId} did not become ${status}`,
    );
  }

  /** Id of the run that a step has started, once it has. */
  async childOf(runId: string, stepId: string): Promise<string> {
    const childRun = (run: RunView) =>
      run.steps.find(one => one.id === stepId)?.childRun;
    const run = await this.#wait(
      runId,
      one => Boolean(childRun(one)),
      `${stepId} started no run`,
    );
    return childRun(run)!.runId;
  }

  async #wait(
    runId: string,
    isReady: (run: RunView) => boolean,
    complaint: string,
  ): Promise<RunView> {
    const end = Date.now() + 10_000;
    for (;;) {
      const run = await this.run(runId);
      if (isReady(run)) {
        return run;
      }
      if (Date.now() > end) {
        throw new Error(
          `${complaint}: ${JSON.stringify(
            run.steps.map(({ id, status, error }) => [id, status, error]),
          )}`,
        );
      }
      await new Promise(done => setTimeout(done, 30));
    }
  }

  /** Delivers an event as GitHub does; another secret makes a wrong signature. */
  deliver(event: string, payload: JsonObject, secret = SECRET) {
    const body = JSON.stringify({
      repository: {
        full_name: 'hollowbrook/identity-wallet',
        html_url: 'https://github.com/hollowbrook/identity-wallet',
      },
      sender: { login: 'octo' },
      ...payload,
    });
    const hmac = createHmac('sha256', secret).update(body).digest('hex');
    return request(this.#backend.server)
      .post('/api/sop/webhooks/github')
      .set('content-type', 'application/json')
      .set('x-github-event', event)
      .set('x-github-delivery', 'd6c0a1b2')
      .set('x-hub-signature-256', `sha256=${hmac}`)
      .send(body);
  }
}

/** The payload of a branch that was created. */
export const branch = (ref: string): JsonObject => ({
  ref,
  ref_type: 'branch',
  master_branch: 'main',
});

/** The payload of a pull request to which something happened. */
export function pullRequest(
  head: string,
  action: string,
  merged = false,
): JsonObject {
  return {
    action,
    number: 5,
    pull_request: {
      number: 5,
      title: 'Open the wallet',
      html_url: 'https://github.com/hollowbrook/identity-wallet/pull/5',
      head: { ref: head },
      merged,
      merge_commit_sha: merged ? '0123abc' : null,
      body: null,
    },
  };
}
