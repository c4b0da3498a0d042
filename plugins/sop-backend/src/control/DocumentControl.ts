import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ControlHead,
  ControlStanding,
  controlSentence,
  decideControl,
  FiledRevision,
  RevisionStatus,
  RunMode,
  SopEntity,
  SopSpec,
  standingOf,
} from '@handrail/plugin-sop-common';
import { revisionHash } from '../database';
import { RunStore } from '../database/RunStore';
import { ControlCommit, ControlStore, LoadedControl } from './ControlStore';

/** Told of what happened to documents, after the fact. */
export type ControlListener = (
  commit: ControlCommit,
  sopRef: string,
) => Promise<void>;

/** What a run is started from. */
export interface StartBasis {
  hash: string;
  spec: SopSpec;
  title: string;
  control: ControlHead;
}

/**
 * Files what the catalog has, and says which revision is in force. Knows no
 * people and no permissions.
 */
export class DocumentControl {
  readonly #listeners: ControlListener[] = [];

  constructor(
    private readonly store: ControlStore,
    private readonly runs: Pick<RunStore, 'saveRevision' | 'getRevision'>,
  ) {}

  addListener(listener: ControlListener): void {
    this.#listeners.push(listener);
  }

  /** Tells listeners; they answer for their own failures. */
  tell(commit: ControlCommit, sopRef: string): void {
    if (commit.events.length > 0) {
      this.#listeners.forEach(listener => void listener(commit, sopRef));
    }
  }

  /**
   * Records the content of a valid procedure, unless it is what was recorded
   * last. Each content is recorded once, whoever sees it first.
   */
  async file(entity: SopEntity): Promise<LoadedControl> {
    const sopRef = stringifyEntityRef(entity);
    const hash = revisionHash(entity.spec);
    const known = await this.store.load(sopRef);
    if (known?.state.current === hash) {
      return known;
    }
    const revision = filedRevision(entity, hash);
    await this.runs.saveRevision({
      sopRef,
      title: revision.title,
      spec: entity.spec,
      number: revision.number,
      label: revision.label,
    });
    const commit = await this.store.transact(sopRef, {}, (state, now) =>
      decideControl(state, { type: 'file', revision }, { now }),
    );
    this.tell(commit, sopRef);
    return commit;
  }

  /** The spec of the revision in force, else that of the file. */
  async effectiveSpec(
    entity: SopEntity,
    { state }: LoadedControl,
  ): Promise<SopSpec> {
    const hash = standingOf(state, this.store.now()).effective?.revision.hash;
    return hash && hash !== state.current
      ? (await this.runs.getRevision(hash)).spec
      : entity.spec;
  }

  standing({ state }: LoadedControl): ControlStanding {
    return standingOf(state, this.store.now());
  }

  /** Of the revision in force, else of the file. */
  status(loaded: LoadedControl): RevisionStatus {
    const { effective, current } = this.standing(loaded);
    return (effective ?? current)!.status;
  }

  /**
   * Why no run that counts can be started; nothing when a revision is in force.
   */
  startRefusal({ state }: LoadedControl): string | undefined {
    const standing = standingOf(state, this.store.now());
    if (standing.effective) {
      return undefined;
    }
    const sentence = controlSentence(standing);
    return standing.current?.status === 'retired'
      ? `${sentence} Nobody can start it any more.`
      : `${sentence} It can be rehearsed.`;
  }

  /** Why the content of the file cannot be rehearsed. */
  rehearseRefusal({ state }: LoadedControl): string | undefined {
    const { current } = standingOf(state, this.store.now());
    return current?.status === 'retired'
      ? 'This procedure is retired; there is nothing to rehearse.'
      : undefined;
  }

  /**
   * What a run is started from: the revision in force, or for a rehearsal the
   * content of the file.
   * @throws InputError saying who must still sign.
   */
  async startBasis(
    entity: SopEntity,
    mode: RunMode | undefined,
  ): Promise<StartBasis> {
    const loaded = await this.file(entity);
    const refusal =
      mode === 'rehearsal'
        ? this.rehearseRefusal(loaded)
        : this.startRefusal(loaded);
    if (refusal) {
      throw Object.assign(new InputError(refusal), {
        problems: [{ path: 'sopRef', message: refusal }],
      });
    }
    const { effective, current } = standingOf(loaded.state, this.store.now());
    const stand = mode === 'rehearsal' ? current : effective;
    const { hash, title } = stand!.revision;
    // The store sorts keys; the file has them in the order of its author.
    const spec =
      hash === loaded.state.current
        ? entity.spec
        : (await this.runs.getRevision(hash)).spec;
    return { hash, spec, title, control: loaded.head };
  }

  acknowledgedAt(
    sopRef: string,
    hash: string,
    userRef: string,
  ): Promise<string | undefined> {
    return this.store.acknowledgedAt(sopRef, hash, userRef);
  }
}

function filedRevision(entity: SopEntity, hash: string): FiledRevision {
  const { metadata, spec } = entity;
  const { document } = spec;
  const optional = {
    number: document?.number,
    label: document?.revision,
    effectiveFrom: document?.effectiveFrom,
    reviewEvery: document?.reviewEvery,
    training: document?.training,
  };
  return {
    hash,
    title: metadata.title ?? metadata.name,
    intention: spec.lifecycle,
    owner: stringifyEntityRef(
      parseEntityRef(spec.owner, {
        defaultKind: 'group',
        defaultNamespace: metadata.namespace,
      }),
    ),
    approvers: document?.approvers ?? [],
    ...Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ),
  };
}
