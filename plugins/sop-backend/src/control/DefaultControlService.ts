import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ControlView,
  decideControl,
  diffSpecs,
  DocumentCommand,
  JournalEntry,
  JournalPage,
  ProcedureStanding,
  nameOfRevision,
  ReviewItem,
  reviewOf,
  RevisionDetail,
  RevisionDiff,
  SignatureRequest,
  Signer,
  standingOf,
  validateSop,
  Verification,
} from '@handrail/plugin-sop-common';
import { RunStore } from '../database/RunStore';
import { Directory } from '../service/Directory';
import { Procedures } from '../service/Procedures';
import { CallOptions } from '../service/SopRunService';
import {
  ControlService,
  ProcedureRequest,
  ReasonRequest,
  RevisionRequest,
} from './ControlService';
import { ControlStore, LoadedControl } from './ControlStore';
import { DocumentControl } from './DocumentControl';
import { textDiff } from './textDiff';
import { describeControl, describeStanding } from './views';

/** What the service is made of. */
export interface ControlServiceOptions {
  store: ControlStore;
  runs: Pick<RunStore, 'getRevision'>;
  control: DocumentControl;
  directory: Directory;
  procedures: Procedures;
  /** Why a caller may not put a name under anything, whatever it is. */
  decisionRefusal: (
    decision: 'sign' | 'acknowledge',
    caller: CallOptions,
  ) => string | undefined;
}

/** The rules of the API; knows no permissions, see the decorators. */
export class DefaultControlService implements ControlService {
  readonly #options: ControlServiceOptions;

  constructor(options: ControlServiceOptions) {
    this.#options = options;
  }

  async listProcedures(
    { sopRefs }: { sopRefs?: string[] },
    { credentials }: CallOptions,
  ): Promise<ProcedureStanding[]> {
    const { control, procedures } = this.#options;
    const entities = await procedures.list(credentials, sopRefs);
    return Promise.all(
      entities
        .filter(entity => validateSop(entity).length === 0)
        .map(async entity =>
          describeStanding(await control.file(entity), control),
        ),
    );
  }

  async getControl(
    request: ProcedureRequest,
    caller: CallOptions,
  ): Promise<ControlView> {
    const { loaded } = await this.#read(request.sopRef, caller.credentials);
    return this.#view(loaded, caller);
  }

  async getRevision(
    { sopRef, hash }: RevisionRequest,
    caller: CallOptions,
  ): Promise<RevisionDetail> {
    const { loaded } = await this.#read(sopRef, caller.credentials);
    const view = await this.#view(loaded, caller);
    const revision = view.revisions.find(one => one.hash === hash);
    if (!revision) {
      throw noRevision(view.sopRef, hash);
    }
    const { spec } = await this.#options.runs.getRevision(hash);
    return { ...revision, spec: { ...spec } };
  }

  async diffRevision(
    request: RevisionRequest & { from?: string },
    caller: CallOptions,
  ): Promise<RevisionDiff> {
    const { runs } = this.#options;
    const { loaded } = await this.#read(request.sopRef, caller.credentials);
    const { revisions, sopRef } = loaded.state;
    const at = revisions.findIndex(one => one.hash === request.hash);
    const to = revisions[at];
    if (!to) {
      throw noRevision(sopRef, request.hash);
    }
    const from = request.from
      ? revisions.find(one => one.hash === request.from)
      : revisions[at - 1];
    if (!from) {
      throw request.from
        ? noRevision(sopRef, request.from)
        : new NotFoundError(
            `${nameOfRevision(
              to,
            )} is the first one; there is nothing before it`,
          );
    }
    const [before, after] = await Promise.all([
      runs.getRevision(from.hash),
      runs.getRevision(to.hash),
    ]);
    return {
      from: from.hash,
      to: to.hash,
      ...diffSpecs(before.spec, after.spec),
      text: textDiff(
        { name: nameOfRevision(from), spec: before.spec },
        { name: nameOfRevision(to), spec: after.spec },
      ),
    };
  }

  async sign(
    request: RevisionRequest & SignatureRequest,
    caller: CallOptions,
  ): Promise<ControlView> {
    const { hash, meaning, reason, approver } = request;
    return this.#command(
      request,
      { type: 'sign', hash, meaning, reason, approver },
      caller,
    );
  }

  async withdraw(
    request: ReasonRequest,
    caller: CallOptions,
  ): Promise<ControlView> {
    const { hash, reason } = request;
    return this.#command(request, { type: 'withdraw', hash, reason }, caller);
  }

  async reject(
    request: ReasonRequest,
    caller: CallOptions,
  ): Promise<ControlView> {
    const { hash, reason } = request;
    return this.#command(request, { type: 'reject', hash, reason }, caller);
  }

  async acknowledge(
    request: RevisionRequest & { commandId: string },
    caller: CallOptions,
  ): Promise<ControlView> {
    const { hash } = request;
    return this.#command(request, { type: 'acknowledge', hash }, caller);
  }

  async getControlJournal(
    request: ProcedureRequest & { after?: number; limit?: number },
    { credentials }: CallOptions,
  ): Promise<JournalPage> {
    const { loaded } = await this.#read(request.sopRef, credentials);
    const { genesis, items } = await this.#options.store.readJournal(
      loaded.state.sopRef,
      request,
    );
    return { genesis, items: items as JournalEntry[] };
  }

  async verifyControl(
    request: ProcedureRequest,
    { credentials }: CallOptions,
  ): Promise<Verification> {
    const { loaded } = await this.#read(request.sopRef, credentials);
    return this.#options.store.verify(loaded.state.sopRef);
  }

  async listReviews({ credentials }: CallOptions): Promise<ReviewItem[]> {
    const { store, procedures } = this.#options;
    const visible = new Set(await procedures.listRefs(credentials));
    const now = store.now();
    return (await store.list())
      .filter(({ state }) => visible.has(state.sopRef))
      .flatMap(({ state }) => {
        const { effective } = standingOf(state, now);
        const review = reviewOf(effective, now);
        if (!effective || !review || review.state === 'planned') {
          return [];
        }
        const { hash, title, label, number, owner } = effective.revision;
        return [
          {
            sopRef: state.sopRef,
            ...{ hash, title, label, number, owner },
            ...review,
          },
        ];
      })
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  }

  async #command(
    request: RevisionRequest & { commandId: string },
    command: DocumentCommand,
    caller: CallOptions,
  ): Promise<ControlView> {
    const { store, control, decisionRefusal } = this.#options;
    const decision = command.type === 'acknowledge' ? 'acknowledge' : 'sign';
    const refusal = decisionRefusal(decision, caller);
    if (refusal) {
      throw new NotAllowedError(refusal);
    }
    const { loaded } = await this.#read(request.sopRef, caller.credentials);
    const { sopRef } = loaded.state;
    const actor = await this.#signer(caller.credentials);
    const acknowledged =
      (await store.acknowledgedAt(sopRef, request.hash, actor.ref)) !==
      undefined;
    const commit = await store.transact(
      sopRef,
      { commandId: request.commandId, actorRef: actor.ref },
      (state, now) =>
        decideControl(state, command, { now, actor, acknowledged }),
    );
    control.tell(commit, sopRef);
    return this.#view(commit, caller);
  }

  /** Reads a procedure that the caller sees, and files what the catalog has. */
  async #read(
    sopRef: string,
    credentials: BackstageCredentials,
  ): Promise<{ loaded: LoadedControl }> {
    const { control, procedures } = this.#options;
    const { entity } = await procedures.read(sopRef, credentials);
    procedures.assertValid(entity);
    return { loaded: await control.file(entity) };
  }

  async #view(
    loaded: LoadedControl,
    caller: CallOptions,
  ): Promise<ControlView> {
    const { store, control, decisionRefusal } = this.#options;
    const signer = await this.#signer(caller.credentials);
    const now = store.now();
    const { state } = loaded;
    const hash = standingOf(state, now).effective?.revision.hash;
    const [acknowledgedAt, acknowledgements] = hash
      ? await Promise.all([
          store.acknowledgedAt(state.sopRef, hash, signer.ref),
          store.countAcknowledgements(state.sopRef, hash),
        ])
      : [undefined, 0];
    return describeControl(state, {
      now,
      signer,
      decisionRefusal: decisionRefusal('sign', caller),
      startRefusal: control.startRefusal(loaded),
      rehearseRefusal: control.rehearseRefusal(loaded),
      acknowledgedAt,
      acknowledgements,
    });
  }

  async #signer(credentials: BackstageCredentials): Promise<Signer> {
    const { directory } = this.#options;
    const actor = await directory.actorOf(credentials);
    return { ...actor, name: await directory.nameOf(actor.ref) };
  }
}

function noRevision(sopRef: string, hash: string): NotFoundError {
  return new NotFoundError(
    `${sopRef} has no revision with the hash ${hash.slice(0, 64)}`,
  );
}
