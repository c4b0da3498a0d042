import { InputError } from '@backstage/errors';
import {
  BUCKET_SECONDS,
  EMBEDDED_SOURCE,
  SloDefinition,
} from '@handrail/plugin-slo-common';
import {
  SloSeriesRequest,
  SloSeriesResult,
  SloSource,
} from '@handrail/plugin-slo-node';

/** Key of a stream's counters. */
export function streamKey(stream: string): string {
  return `${EMBEDDED_SOURCE}:${stream}`;
}

/**
 * Counters that were posted or probed. Indicators name a stream in
 * `spec.stream`, the same for both parts of the ratio.
 */
export class EmbeddedSource implements SloSource {
  readonly type = EMBEDDED_SOURCE;

  seriesKey(definition: SloDefinition): string {
    const { indicator } = definition;
    const stream = indicator?.numerator.stream;
    const total = indicator?.total?.stream;
    if (typeof stream !== 'string' || stream === '' || total !== stream) {
      throw new InputError(
        `The indicator’s spec.stream: found ${JSON.stringify(
          stream ?? null,
        )} and ${JSON.stringify(
          total ?? null,
        )}; allowed: the name of one stream, the same for both counters`,
      );
    }
    return streamKey(stream);
  }

  /** The bucket that is being filled counts too: a burn shows at once. */
  async fetch(
    requests: SloSeriesRequest[],
    { now }: { now: number },
  ): Promise<SloSeriesResult[]> {
    const until = (Math.floor(now / BUCKET_SECONDS) + 1) * BUCKET_SECONDS;
    return requests.map(({ key }) => ({ key, until }));
  }
}
