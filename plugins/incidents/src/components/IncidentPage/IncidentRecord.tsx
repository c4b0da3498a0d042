import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import { TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { incidentsTranslationRef } from '../../translation';

/** What has been found out, in the words of those who did. */
export function IncidentRecord(props: { incident: IncidentView }) {
  const { incident } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const { mitigation } = incident;
  const texts: [name: string, text?: string, at?: string][] = [
    [t('page.endReason'), incident.endReason],
    [t('page.description'), incident.description],
    [t('page.cause'), incident.cause],
    [t('page.mitigation'), mitigation?.statement, mitigation?.mitigatedAt],
    [t('page.resolution'), incident.resolution, incident.resolvedAt],
  ];
  const told = texts.filter(([, text]) => text);
  if (told.length === 0) {
    return null;
  }
  return (
    <Box component="dl" sx={{ m: 0, mb: 2, display: 'grid', gap: 1 }}>
      {told.map(([name, text, at]) => (
        <div key={name}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {name} {at && <TimeStamp at={at} />}
          </Typography>
          <Typography
            component="dd"
            sx={{ m: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          >
            {text}
          </Typography>
        </div>
      ))}
    </Box>
  );
}
