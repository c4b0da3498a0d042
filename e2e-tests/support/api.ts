import { randomUUID } from 'node:crypto';
import { APIRequestContext, expect } from '@playwright/test';

type Run = {
  runId: string;
  steps: Array<{ id: string; version: number; status: string }>;
};

/**
 * How often a request is sent again when the server closed an idle connection just
 * as it went out. All that these do may be done twice: commands carry an id.
 */
export const RETRIES = 2;

/** A token of one of the demo organisation's people. */
export async function tokenOf(
  request: APIRequestContext,
  name: string,
): Promise<string> {
  const response = await request.get('/api/auth/demo/refresh', {
    maxRetries: RETRIES,
    headers: {
      'x-handrail-demo-user': `user:default/${name}`,
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  expect(response.ok()).toBe(true);
  return (await response.json()).backstageIdentity.token;
}

/** Starts a run by the API, to get a journey to where it begins. */
export async function startRun(
  request: APIRequestContext,
  token: string,
  data: { sopRef: string; targetRef?: string; inputs?: object },
): Promise<Run> {
  const response = await request.post('/api/sop/runs', {
    headers: { authorization: `Bearer ${token}` },
    maxRetries: RETRIES,
    data: { commandId: randomUUID(), ...data },
  });
  expect(response.status(), await response.text()).toBe(201);
  return response.json();
}

/** Sends one command with the version that the step has now. */
export async function command(
  request: APIRequestContext,
  token: string,
  runId: string,
  stepId: string,
  body: object,
): Promise<Run> {
  const headers = { authorization: `Bearer ${token}` };
  const run: Run = await (
    await request.get(`/api/sop/runs/${runId}`, {
      headers,
      maxRetries: RETRIES,
    })
  ).json();
  const taskVersion = run.steps.find(step => step.id === stepId)?.version;
  const response = await request.post(`/api/sop/runs/${runId}/commands`, {
    headers,
    maxRetries: RETRIES,
    data: {
      commandId: randomUUID(),
      command: { stepId, taskVersion, ...body },
    },
  });
  expect(response.status(), await response.text()).toBe(200);
  return response.json();
}

/** Completes a manual step. */
export async function completeStep(
  request: APIRequestContext,
  token: string,
  runId: string,
  stepId: string,
  evidence: object,
): Promise<Run> {
  return command(request, token, runId, stepId, { type: 'complete', evidence });
}
