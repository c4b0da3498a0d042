import { execFile, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

/** A document for the cluster. */
export interface KubernetesDocument {
  apiVersion: string;
  kind: string;
  metadata: { name: string; [key: string]: unknown };
  [key: string]: any;
}

/** What is wrong with each document, against the schemas of Kubernetes. */
export function kubernetesProblems(
  documents: readonly KubernetesDocument[],
): string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve(__dirname, 'kubernetes.mjs')],
    {
      input: JSON.stringify(documents),
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
      maxBuffer: 100_000_000,
    },
  );
  if (status !== 0) {
    throw new Error(`The documents could not be checked: ${stderr}`);
  }
  return (JSON.parse(stdout) as string[][]).flatMap((problems, at) => {
    const { kind, metadata } = documents[at];
    return problems.map(problem => `${kind} ${metadata.name}: ${problem}`);
  });
}

/** The Helm that the portal's tests use. */
export function helmProgram(): string {
  return process.env.HANDRAIL_HELM ?? 'helm';
}

/**
 * Renders a chart with the real Helm.
 * @throws Error with what Helm printed
 */
export async function helmTemplate(
  chart: string,
  options: { release?: string; args?: string[] } = {},
): Promise<KubernetesDocument[]> {
  const { release = 'shop', args = [] } = options;
  const { stdout } = await promisify(execFile)(
    helmProgram(),
    ['template', release, chart, ...args],
    {
      maxBuffer: 10_000_000,
      env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    },
  );
  return parseAllDocuments(stdout)
    .map(document => document.toJS() as KubernetesDocument | null)
    .filter((document): document is KubernetesDocument => document !== null);
}
