import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ErrorState, Loading, LoadMore } from '@handrail/plugin-sop-react';
import VerifiedOutlinedIcon from '@mui/icons-material/VerifiedOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTimeline, useVerifyIncident } from '../../hooks';
import { incidentsTranslationRef } from '../../translation';
import type { TabProps } from './IncidentTabs';
import { TimelineEvent } from './TimelineEvent';
import { Verdict } from './Verdict';

/** What happened, newest first, and whether the record still says so. */
export function TimelineTab(props: TabProps) {
  const { incidentId, timeline } = props.incident;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const query = useTimeline(incidentId);
  const verify = useVerifyIncident(incidentId);
  // The incident brings its latest events along, so that nothing is waited for.
  const entries = query.data?.pages.flatMap(page => page.items) ?? timeline;
  const badSeq = verify.data?.ok === false ? verify.data.seq : undefined;
  return (
    <>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1.5,
          alignItems: 'center',
          mb: 2,
        }}
      >
        <Button
          size="small"
          variant="outlined"
          startIcon={<VerifiedOutlinedIcon />}
          aria-busy={verify.isPending || undefined}
          onClick={() => !verify.isPending && verify.mutate()}
        >
          {verify.isPending ? t('timeline.verifying') : t('timeline.verify')}
        </Button>
        <Typography variant="body2" color="text.secondary">
          {t('timeline.verifyHelp')}
        </Typography>
      </Box>
      <Verdict verification={verify.data} error={verify.error} />
      {query.error && (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
      {entries.length === 0 && query.isPending && <Loading count={4} />}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {entries.map((entry, index) => (
          <TimelineEvent
            key={entry.seq}
            entry={entry}
            newest={index === 0}
            bad={entry.seq === badSeq}
          />
        ))}
      </Box>
      <LoadMore query={query} />
    </>
  );
}
