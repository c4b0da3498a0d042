import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  GetMetricsRequest,
  MetricDistribution,
} from '@handrail/plugin-incidents-common';
import {
  ErrorState,
  formatDuration,
  Loading,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { useMetrics } from '../../hooks';
import { incidentsTranslationRef } from '../../translation';

const FIGURES = [
  'timeToAcknowledge',
  'timeToCommander',
  'timeToMitigate',
  'timeToResolve',
] as const;

/** Below this many incidents a median says little and a p90 nothing. */
const FEW = 5;

/** How long things took, with how many incidents that rests on. */
export function MedianTimes(props: { request: GetMetricsRequest }) {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const { data, error, isPending, refetch } = useMetrics(props.request);
  let body: ReactNode;
  if (data) {
    const { kept, late } = data.duties;
    body = (
      <>
        <Box
          component="dl"
          sx={{
            m: 0,
            display: 'grid',
            gap: 2,
            gridTemplateColumns:
              'repeat(auto-fill, minmax(min(160px, 45%), 1fr))',
          }}
        >
          {FIGURES.map(figure => (
            <Figure
              key={figure}
              name={t(`metrics.${figure}`)}
              distribution={data[figure]}
            />
          ))}
          <div>
            <Typography component="dt" variant="body2" color="text.secondary">
              {t('metrics.duties')}
            </Typography>
            <Typography component="dd" variant="h6" sx={{ m: 0 }}>
              {kept + late > 0
                ? t('metrics.dutiesValue', {
                    kept: String(kept),
                    all: String(kept + late),
                  })
                : t('metrics.empty')}
            </Typography>
          </div>
        </Box>
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {t('metrics.counted', { count: data.n })}
        </Typography>
      </>
    );
  } else {
    body = isPending ? (
      <Loading shape="text" count={2} />
    ) : (
      <ErrorState error={error} onRetry={() => refetch()} />
    );
  }
  return (
    <Box component="section" aria-label={t('metrics.title')} sx={{ mt: 4 }}>
      <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
        {t('metrics.title')}
      </Typography>
      {body}
    </Box>
  );
}

function Figure(props: { name: string; distribution: MetricDistribution }) {
  const { name, distribution } = props;
  const { n, median, p90 } = distribution;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const parts: string[] = [t('metrics.n', { n: String(n) })];
  if (n > 0 && n < FEW) {
    parts.push(t('metrics.small'));
  } else if (p90 !== undefined) {
    parts.push(t('metrics.p90', { value: formatDuration(p90 * 1000) }));
  }
  return (
    <div>
      <Typography component="dt" variant="body2" color="text.secondary">
        {name}
      </Typography>
      <Box component="dd" sx={{ m: 0 }}>
        <Typography variant="h6" component="div" sx={{ m: 0 }}>
          {median === undefined
            ? t('metrics.empty')
            : formatDuration(median * 1000)}
        </Typography>
        <Typography variant="body2" color="text.secondary" component="div">
          {parts.join(', ')}
        </Typography>
      </Box>
    </div>
  );
}
