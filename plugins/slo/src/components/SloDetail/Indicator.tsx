import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  MetricSource,
  SliSpec,
  SloSpec,
} from '@handrail/plugin-slo-common';
import { EntityLink } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { useSloQueryClient } from '../../hooks/queryClient';
import { sloTranslationRef } from '../../translation';
import { Fact } from './About';

const PARTS = ['good', 'bad', 'total', 'raw'] as const;

/** How events are counted, as the document says it. */
export function Indicator({ sloRef }: { sloRef: string }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const { client } = useSloQueryClient();
  const document = useQuery(
    {
      queryKey: ['slo', 'document', sloRef],
      queryFn: async () => (await catalogApi.getEntityByRef(sloRef)) ?? null,
      staleTime: 60_000,
    },
    client,
  ).data;
  const { name, spec, sliRef } = readIndicator(document ?? undefined);
  if (sliRef) {
    return (
      <Fact label={t('about.indicator')}>
        <EntityLink entityRef={sliRef} />
      </Fact>
    );
  }
  return (
    <>
      {name && <Fact label={t('about.indicator')}>{name}</Fact>}
      {toParts(spec).map(([part, text]) => (
        <Fact key={part} label={t(`about.${part}`)}>
          <Box
            component="code"
            sx={{ fontFamily: 'monospace', whiteSpace: 'pre-wrap' }}
          >
            {text}
          </Box>
        </Fact>
      ))}
    </>
  );
}

/** What is counted and how; one line when both counters are of one stream. */
function toParts(
  spec: SliSpec | undefined,
): Array<[(typeof PARTS)[number] | 'counters', string]> {
  const ratio = spec?.ratioMetric;
  const parts = PARTS.flatMap(part => {
    const source = ratio?.[part]?.metricSource;
    return source ? [[part, describe(source)] as [typeof part, string]] : [];
  });
  return parts.length === 2 && parts[0][1] === parts[1][1]
    ? [['counters', parts[0][1]]]
    : parts;
}

/** The indicator of a document, or where it is written. */
function readIndicator(entity: Entity | undefined): {
  name?: string;
  spec?: SliSpec;
  sliRef?: string;
} {
  const spec = entity?.spec as Partial<SloSpec> | undefined;
  if (!entity || !spec) {
    return {};
  }
  if (spec.indicator?.spec) {
    const name = spec.indicator.metadata?.displayName;
    return {
      name: typeof name === 'string' ? name : undefined,
      spec: spec.indicator.spec,
    };
  }
  if (!spec.indicatorRef) {
    return {};
  }
  const { namespace } = parseEntityRef(stringifyEntityRef(entity));
  return { sliRef: `sli:${namespace}/${spec.indicatorRef}` };
}

/** Queries as they are, other settings as names and values. */
function describe({ spec }: MetricSource): string {
  return typeof spec.query === 'string'
    ? spec.query
    : Object.entries(spec)
        .map(
          ([name, value]) =>
            `${name}: ${
              typeof value === 'string' ? value : JSON.stringify(value)
            }`,
        )
        .join('\n');
}
