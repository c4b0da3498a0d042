import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { ScheduleView } from '@handrail/plugin-sop-common';
import {
  ErrorState,
  Loading,
  TimeStamp,
  TitledCard,
  useOccurrences,
  useSchedule,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';
import { OccurrenceTable } from './OccurrenceTable';

const SHOWN = 5;

/** When a procedure starts by itself next, and what came of it lately. */
export function ScheduleCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const sopRef = stringifyEntityRef(entity);
  const schedule = useSchedule(sopRef);
  const request = useMemo(() => ({ sopRef, limit: SHOWN }), [sopRef]);
  const latest = useOccurrences(request);
  const error = schedule.error ?? latest.error;
  return (
    <TitledCard title={t('schedule.title')}>
      <Stack spacing={2}>
        {schedule.data && <Next schedule={schedule.data} />}
        {latest.data && (
          <Box>
            <Typography variant="subtitle2" component="h3" gutterBottom>
              {t('schedule.last')}
            </Typography>
            {latest.data.items.length > 0 ? (
              <OccurrenceTable items={latest.data.items} />
            ) : (
              <Typography variant="body2" color="text.secondary">
                {t('schedule.noneYet')}
              </Typography>
            )}
          </Box>
        )}
        {(schedule.isLoading || latest.isLoading) && <Loading count={2} />}
        {error && (
          <ErrorState
            error={error}
            onRetry={() => {
              schedule.refetch();
              latest.refetch();
            }}
          />
        )}
      </Stack>
    </TitledCard>
  );
}

function Next({ schedule }: { schedule: ScheduleView }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const [next, ...later] = schedule.upcoming;
  return (
    <Box>
      {next && (
        <Typography component="div">
          {t('schedule.next')} <TimeStamp at={next} />
        </Typography>
      )}
      {later.length > 0 && (
        <Typography
          component="div"
          variant="body2"
          color="text.secondary"
          sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}
        >
          {t('schedule.then')}
          {later.slice(0, 3).map(at => (
            <TimeStamp key={at} at={at} />
          ))}
        </Typography>
      )}
      {schedule.note && (
        <Typography color="text.secondary">{schedule.note}</Typography>
      )}
      {schedule.rrule && (
        <Typography
          variant="caption"
          color="text.secondary"
          component="div"
          sx={{ overflowWrap: 'anywhere' }}
        >
          {schedule.rrule} · {schedule.timezone}
        </Typography>
      )}
    </Box>
  );
}
