import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DurationBin,
  TimeToFirst,
} from '@handrail/plugin-onboarding-common';
import {
  DataColumn,
  DataTable,
  ErrorState,
  Loading,
  TitledCard,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { lazy, Suspense } from 'react';
import { useTimeToFirst } from '../../lib/useOnboarding';
import { onboardingTranslationRef } from '../../translation';

const TimeToFirstChart = lazy(() => import('./TimeToFirstChart'));

const DAY = 24;

/** Hours in words, and the words for a bin. */
export function useBinWords() {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const duration = (hours: number): string => {
    if (hours < 1) {
      return t('insight.lessThanHour');
    }
    return hours < 2 * DAY && hours % DAY !== 0
      ? t('insight.hours', { count: Math.round(hours) })
      : t('insight.days', { count: Math.round(hours / DAY) });
  };
  const bin = ({ fromHours, toHours }: DurationBin): string => {
    if (toHours === undefined) {
      return t('insight.over', { from: duration(fromHours) });
    }
    return fromHours === 0
      ? t('insight.under', { to: duration(toHours) })
      : t('insight.between', {
          from: duration(fromHours),
          to: duration(toHours),
        });
  };
  return { duration, bin };
}

/** How long people take to their first template run: chart, table and n. */
export function TimeToFirstCard() {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const query = useTimeToFirst();
  return (
    <TitledCard title={t('insight.title')}>
      {query.isPending && <Loading shape="text" count={2} />}
      {query.error && (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && <Figures result={query.data} />}
    </TitledCard>
  );
}

function Figures({ result }: { result: TimeToFirst }) {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const words = useBinWords();
  const { own, minimum, distribution } = result;
  const ownTime = own.hours === undefined ? '' : words.duration(own.hours);
  const ownWords = () => {
    if (!ownTime) {
      return own.reached ? t('insight.ownUnknown') : '';
    }
    return own.reached
      ? t('insight.ownReached', { time: ownTime })
      : t('insight.ownWaiting', { time: ownTime });
  };
  if (!distribution) {
    return (
      <Typography>
        {t('insight.few', { minimum: String(minimum) })} {ownWords()}
      </Typography>
    );
  }
  const { n, censored, medianHours, p75Hours, bins } = distribution;
  const columns: DataColumn<DurationBin>[] = [
    { id: 'time', title: t('insight.time'), render: words.bin },
    { id: 'reached', title: t('insight.reached'), render: one => one.reached },
    { id: 'waiting', title: t('insight.waiting'), render: one => one.waiting },
  ];
  return (
    <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>
      <Typography>
        {medianHours === undefined
          ? t('insight.noMedian')
          : `${t('insight.median', { time: words.duration(medianHours) })} ${
              p75Hours === undefined
                ? t('insight.noP75')
                : t('insight.p75', { time: words.duration(p75Hours) })
            }`}{' '}
        {ownWords()}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {t('insight.intro', { n: String(n), waiting: String(censored) })}
      </Typography>
      <Suspense fallback={<Loading shape="text" count={3} />}>
        <TimeToFirstChart bins={bins} />
      </Suspense>
      <DataTable
        caption={t('insight.caption')}
        columns={columns}
        rows={bins}
        rowKey={one => one.fromHours}
      />
    </Box>
  );
}
