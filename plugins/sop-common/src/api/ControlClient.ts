import { parseEntityRef } from '@backstage/catalog-model';
import { SopRequestOptions, SopRequests, unwrap } from './request';
import {
  ControlView,
  JournalPage,
  ProcedureStanding,
  ReasonRequest,
  ReviewItem,
  RevisionDetail,
  RevisionDiff,
  SignatureRequest,
  Verification,
} from './types';

/** Document control of procedures; `hash` is that of a revision. @public */
export interface ControlApi {
  /**
   * How each procedure stands that the caller sees, or each of those given.
   * @param request - at most 100 refs
   */
  listProcedures(
    request?: { sopRefs?: string[] },
    options?: SopRequestOptions,
  ): Promise<ProcedureStanding[]>;
  getControl(sopRef: string, options?: SopRequestOptions): Promise<ControlView>;
  getRevision(
    sopRef: string,
    hash: string,
    options?: SopRequestOptions,
  ): Promise<RevisionDetail>;
  /** @param from - hash of the older revision; the one before when absent */
  getRevisionDiff(
    sopRef: string,
    hash: string,
    from?: string,
    options?: SopRequestOptions,
  ): Promise<RevisionDiff>;
  signRevision(
    sopRef: string,
    hash: string,
    request: SignatureRequest,
    options?: SopRequestOptions,
  ): Promise<ControlView>;
  withdrawSignature(
    sopRef: string,
    hash: string,
    request: ReasonRequest,
    options?: SopRequestOptions,
  ): Promise<ControlView>;
  rejectRevision(
    sopRef: string,
    hash: string,
    request: ReasonRequest,
    options?: SopRequestOptions,
  ): Promise<ControlView>;
  acknowledgeRevision(
    sopRef: string,
    hash: string,
    request: { commandId: string },
    options?: SopRequestOptions,
  ): Promise<ControlView>;
  getControlJournal(
    sopRef: string,
    page?: { after?: number; limit?: number },
    options?: SopRequestOptions,
  ): Promise<JournalPage>;
  verifyControl(
    sopRef: string,
    options?: SopRequestOptions,
  ): Promise<Verification>;
  listReviews(options?: SopRequestOptions): Promise<ReviewItem[]>;
}

const REVISION = '/procedures/{namespace}/{name}/revisions/{hash}' as const;

function pathOf(sopRef: string): { namespace: string; name: string } {
  const { namespace, name } = parseEntityRef(sopRef, {
    defaultKind: 'sop',
    defaultNamespace: 'default',
  });
  return { namespace, name };
}

/** The part of the client that is about documents. */
export class ControlClient extends SopRequests implements ControlApi {
  async listProcedures(
    { sopRefs }: { sopRefs?: string[] } = {},
    options?: SopRequestOptions,
  ) {
    const client = await this.client(options);
    const { items } = await unwrap(
      await client.request('get', '/procedures', {
        params: { query: { sopRef: sopRefs } },
      }),
    );
    return items;
  }

  async getControl(sopRef: string, options?: SopRequestOptions) {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/procedures/{namespace}/{name}/control', {
        params: { path: pathOf(sopRef) },
      }),
    );
  }

  async getRevision(sopRef: string, hash: string, options?: SopRequestOptions) {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', REVISION, {
        params: { path: { ...pathOf(sopRef), hash } },
      }),
    );
  }

  async getRevisionDiff(
    sopRef: string,
    hash: string,
    from?: string,
    options?: SopRequestOptions,
  ) {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', `${REVISION}/diff` as const, {
        params: { path: { ...pathOf(sopRef), hash }, query: { from } },
      }),
    );
  }

  async signRevision(
    sopRef: string,
    hash: string,
    request: SignatureRequest,
    options?: SopRequestOptions,
  ) {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', `${REVISION}/signatures` as const, {
        params: { path: { ...pathOf(sopRef), hash } },
        body: request,
      }),
    );
  }

  async withdrawSignature(
    sopRef: string,
    hash: string,
    request: ReasonRequest,
    options?: SopRequestOptions,
  ) {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', `${REVISION}/withdrawals` as const, {
        params: { path: { ...pathOf(sopRef), hash } },
        body: request,
      }),
    );
  }

  async rejectRevision(
    sopRef: string,
    hash: string,
    request: ReasonRequest,
    options?: SopRequestOptions,
  ) {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', `${REVISION}/rejections` as const, {
        params: { path: { ...pathOf(sopRef), hash } },
        body: request,
      }),
    );
  }

  async acknowledgeRevision(
    sopRef: string,
    hash: string,
    request: { commandId: string },
    options?: SopRequestOptions,
  ) {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', `${REVISION}/acknowledgements` as const, {
        params: { path: { ...pathOf(sopRef), hash } },
        body: request,
      }),
    );
  }

  async getControlJournal(
    sopRef: string,
    page: { after?: number; limit?: number } = {},
    options?: SopRequestOptions,
  ) {
    const client = await this.client(options);
    return unwrap(
      await client.request(
        'get',
        '/procedures/{namespace}/{name}/control/journal',
        { params: { path: pathOf(sopRef), query: page } },
      ),
    );
  }

  async verifyControl(sopRef: string, options?: SopRequestOptions) {
    const client = await this.client(options);
    return unwrap(
      await client.request(
        'post',
        '/procedures/{namespace}/{name}/control/verify',
        { params: { path: pathOf(sopRef) } },
      ),
    );
  }

  async listReviews(options?: SopRequestOptions) {
    const client = await this.client(options);
    return (await unwrap(await client.request('get', '/reviews', {}))).items;
  }
}
