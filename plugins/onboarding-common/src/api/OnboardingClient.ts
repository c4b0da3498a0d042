import { ResponseError } from '@backstage/errors';
import createClient, { Client } from 'openapi-fetch';
import type { paths } from './generated/openapi';
import {
  BrokenStep,
  OnboardingMe,
  TimeToFirst,
  TourProgress,
  TourProgressUpdate,
} from './types';

/**
 * The onboarding back end as the browser sees it. Every method throws a
 * `ResponseError` when the server refuses.
 * @public
 */
export interface OnboardingApi {
  getMe(): Promise<OnboardingMe>;
  putProgress(
    tourRef: string,
    update: TourProgressUpdate,
  ): Promise<TourProgress>;
  reportMissingTarget(
    tourRef: string,
    report: { version: number; stepId: string },
  ): Promise<void>;
  listBrokenSteps(): Promise<BrokenStep[]>;
  getTimeToFirstTemplateRun(): Promise<TimeToFirst>;
}

/** Typed client over the generated paths. @public */
export class OnboardingClient implements OnboardingApi {
  private readonly discoveryApi: { getBaseUrl(id: string): Promise<string> };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(id: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi;
  }

  async getMe(): Promise<OnboardingMe> {
    const client = await this.client();
    return unwrap(await client.request('get', '/me'));
  }

  async putProgress(
    ref: string,
    update: TourProgressUpdate,
  ): Promise<TourProgress> {
    const client = await this.client();
    return unwrap(
      await client.request('put', '/me/tours/{ref}', {
        params: { path: { ref } },
        body: update,
      }),
    );
  }

  async reportMissingTarget(
    ref: string,
    report: { version: number; stepId: string },
  ): Promise<void> {
    const client = await this.client();
    await unwrap(
      await client.request('post', '/me/tours/{ref}/missing-target', {
        params: { path: { ref } },
        body: report,
      }),
    );
  }

  async listBrokenSteps(): Promise<BrokenStep[]> {
    const client = await this.client();
    return (await unwrap(await client.request('get', '/broken-steps'))).items;
  }

  async getTimeToFirstTemplateRun(): Promise<TimeToFirst> {
    const client = await this.client();
    return unwrap(await client.request('get', '/time-to-first-template-run'));
  }

  /**
   * By address and options: Backstage's fetch middleware reads a request more
   * than once, which a `Request` with a body does not allow.
   */
  private async send(request: Request): Promise<Response> {
    return this.fetchApi.fetch(request.url, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: request.body ? await request.text() : undefined,
      signal: request.signal,
    });
  }

  private async client(): Promise<Client<paths>> {
    return createClient<paths>({
      baseUrl: await this.discoveryApi.getBaseUrl('onboarding'),
      fetch: request => this.send(request),
    });
  }
}

/** The body has been read by then, so the error is built from the parsed one. */
async function unwrap<T>(result: {
  data?: T;
  error?: unknown;
  response: Response;
}): Promise<T> {
  if (result.error !== undefined || !result.response.ok) {
    throw await ResponseError.fromResponse(
      new Response(JSON.stringify(result.error ?? {}), {
        status: result.response.status,
        statusText: result.response.statusText,
        headers: { 'content-type': 'application/json' },
      }),
    );
  }
  return result.data as T;
}
