import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  locateSteps,
  MAX_RUN_DEPTH,
  RunMode,
  RunStep,
  SopSpec,
} from '@handrail/plugin-sop-common';
import { DocumentControl } from '../control/DocumentControl';
import { RunStore } from '../database/RunStore';
import { problemError } from './errors';
import { Procedures } from './Procedures';

interface Sources {
  store: Pick<RunStore, 'getRevision'>;
  control: Pick<DocumentControl, 'startBasis'>;
  procedures: Pick<Procedures, 'read' | 'assertValid' | 'assertActionsAllowed'>;
  /** Of the run; a rehearsal runs what is in the files. */
  mode: RunMode | undefined;
  credentials: BackstageCredentials;
}

/**
 * The revisions of everything that a procedure runs as sub-procedures, however
 * deep, as they are in force now: a run keeps to them, whatever is registered
 * while it goes on.
 *
 * @returns hashes by entity ref; nothing when there is no sub-procedure
 * @throws InputError when a procedure calls itself, by itself or through others,
 * is too deep, or cannot be started.
 * @throws NotFoundError when one does not exist or may not be seen.
 */
export async function freezeProcedures(
  root: { sopRef: string; spec: SopSpec },
  sources: Sources,
): Promise<Record<string, string> | undefined> {
  const frozen: Record<string, string> = {};
  const heights = new Map<string, number>();

  /** How many runs deep it gets below a procedure. */
  const heightOf = async (spec: SopSpec, way: string[]): Promise<number> => {
    let height = 0;
    for (const { step, path } of locateSteps(spec)) {
      if (step.type === 'run') {
        const name = nameOf(step);
        assertNoCircle([...way, name], path);
        let below = heights.get(name);
        if (below === undefined) {
          const child = await readChild(step, path, sources);
          if (child.hash) {
            frozen[step.sop] = child.hash;
          }
          below = await heightOf(child.spec, [...way, name]);
          heights.set(name, below);
        }
        height = Math.max(height, 1 + below);
        assertDepth(way.length - 1 + height, [...way, name], path);
      }
    }
    return height;
  };
  await heightOf(root.spec, [root.sopRef]);
  return Object.keys(frozen).length > 0 ? frozen : undefined;
}

function nameOf(step: RunStep): string {
  return step.revision === 'pinned'
    ? `${step.sop}@${step.revisionHash?.slice(0, 12)}`
    : step.sop;
}

function assertNoCircle(way: string[], path: string): void {
  if (way.indexOf(way[way.length - 1]) < way.length - 1) {
    throw problemError('This procedure calls itself', [
      {
        path: `${path}.sop`,
        message: 'cyclic',
        found: way.join(' → '),
        allowed: 'procedures that do not call each other in a circle',
      },
    ]);
  }
}

function assertDepth(depth: number, way: string[], path: string): void {
  if (depth > MAX_RUN_DEPTH) {
    throw problemError('Sub-procedures are nested too deeply', [
      {
        path: `${path}.sop`,
        message: 'too deep',
        found: `${depth} levels by way of ${way.join(' → ')}`,
        allowed: `at most ${MAX_RUN_DEPTH} levels below the first procedure`,
      },
    ]);
  }
}

/** `hash` of the revision to freeze; a pinned one needs no freezing. */
async function readChild(
  step: RunStep,
  path: string,
  { store, control, procedures, mode, credentials }: Sources,
): Promise<{ spec: SopSpec; hash?: string }> {
  if (step.revision !== 'pinned') {
    const { entity } = await procedures.read(step.sop, credentials);
    try {
      procedures.assertValid(entity);
      const { spec, hash } = await control.startBasis(entity, mode);
      procedures.assertActionsAllowed(spec);
      return { spec, hash };
    } catch (error) {
      if (!isError(error) || error.name !== 'InputError') {
        throw error;
      }
      throw problemError('A sub-procedure cannot be started', [
        { path: `${path}.sop`, message: error.message, found: step.sop },
      ]);
    }
  }
  const revision = await store.getRevision(step.revisionHash ?? '');
  if (revision.sopRef !== step.sop) {
    throw problemError('A sub-procedure is pinned to the wrong revision', [
      {
        path: `${path}.revisionHash`,
        message: 'is a revision of another procedure',
        found: revision.sopRef,
        allowed: `the hash of a revision of ${step.sop}`,
      },
    ]);
  }
  return { spec: revision.spec };
}
