import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentTimelineEntry } from '@handrail/plugin-incidents-common';
import { Glow, PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { incidentsTranslationRef } from '../../translation';

/** One event as a sentence. */
export function TimelineEvent(props: {
  entry: IncidentTimelineEntry;
  newest: boolean;
  /** The first one that the verification found wrong. */
  bad: boolean;
}) {
  const { entry, newest, bad } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  return (
    <Box
      component="li"
      aria-current={bad || undefined}
      sx={{
        borderLeft: bad ? 4 : 2,
        borderColor: bad ? 'error.main' : 'divider',
        pl: 2,
        pb: 1.5,
      }}
    >
      <Glow on={newest ? entry.seq : undefined}>
        {bad && (
          <Typography color="error.main" sx={{ fontWeight: 'fontWeightBold' }}>
            {t('timeline.firstBad')}
          </Typography>
        )}
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 0.75,
            alignItems: 'center',
          }}
        >
          {entry.actor && <PersonChip entityRef={entry.actor} />}
          <Typography component="span" sx={{ overflowWrap: 'anywhere' }}>
            {entry.text}
          </Typography>
          <Typography
            component="span"
            variant="body2"
            color="text.secondary"
            title={entry.hash}
          >
            <TimeStamp at={entry.at} />
            {entry.occurredAt && entry.occurredAt !== entry.at && (
              <>
                , {t('timeline.occurred')} <TimeStamp at={entry.occurredAt} />
              </>
            )}
            {', '}
            {t('timeline.number', { seq: String(entry.seq) })}
          </Typography>
        </Box>
        {entry.detail && (
          <Typography
            color="text.secondary"
            sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
          >
            {entry.detail}
          </Typography>
        )}
      </Glow>
    </Box>
  );
}
