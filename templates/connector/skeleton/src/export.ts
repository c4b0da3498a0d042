import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { IConnector, INormalizer } from './types.ts';

export interface ExportResult {
  entities: number;
  relations: number;
}

/**
 * Writes everything as one JSON object per line, as fast as it is taken off: no
 * more than a page is held at any time.
 */
export async function exportAll(
  connector: IConnector,
  normalizer: INormalizer,
  out: Writable,
): Promise<ExportResult> {
  const result = { entities: 0, relations: 0 };
  for await (const raw of connector.extractBatch()) {
    const entity = normalizer.normalizeEntity(raw);
    result.entities += 1;
    result.relations += entity.relations.length;
    if (!out.write(`${JSON.stringify(entity)}\n`)) {
      await once(out, 'drain');
    }
  }
  return result;
}
