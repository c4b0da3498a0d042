import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import {
  AppLink,
  EntityLink,
  Glow,
  PersonChip,
  TimeStamp,
  WordChip,
} from '@handrail/plugin-sop-react';
import FitnessCenterIcon from '@mui/icons-material/FitnessCenter';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useIncidentLinks } from '../../routes';
import { incidentsTranslationRef } from '../../translation';
import { IncidentStatusChip, SeverityChip } from '../Chips';

const ROW = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 1,
  rowGap: 0.5,
} as const;

/** What it is, how bad, where it stands, and the sentence on what is next. */
export function IncidentHeader(props: { incident: IncidentView }) {
  const { incident } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const links = useIncidentLinks();
  return (
    <Box component="header" sx={{ mb: 2 }}>
      <Box sx={{ ...ROW, mb: 1 }}>
        <Typography
          variant="h5"
          component="h1"
          sx={{ m: 0, overflowWrap: 'anywhere' }}
        >
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {incident.reference}
          </Box>{' '}
          {incident.title}
        </Typography>
        <Glow on={incident.severity}>
          <SeverityChip severity={incident.severity} size="medium" />
        </Glow>
        <Glow on={incident.status}>
          <IncidentStatusChip status={incident.status} size="medium" />
        </Glow>
        {incident.drill && (
          <WordChip
            word={t('common.drill')}
            icon={FitnessCenterIcon}
            tone="info"
            size="medium"
          />
        )}
      </Box>
      <Glow on={incident.headline} sx={{ mb: 1 }}>
        <Typography
          variant="h6"
          component="p"
          aria-live="polite"
          sx={{ m: 0, fontWeight: 'fontWeightMedium' }}
        >
          {incident.headline}
        </Typography>
      </Glow>
      <Box sx={{ ...ROW, typography: 'body2', color: 'text.secondary' }}>
        {incident.entityRefs.map(ref => (
          <EntityLink key={ref} entityRef={ref} />
        ))}
        <Box component="span" sx={ROW}>
          {incident.declaredAt ? (
            <>
              {t('page.declaredBy')} <TimeStamp at={incident.declaredAt} />
            </>
          ) : (
            <>
              {t('page.proposedAt')} <TimeStamp at={incident.createdAt} />
            </>
          )}
          {incident.declaredBy && (
            <PersonChip entityRef={incident.declaredBy} />
          )}
          {!incident.declaredBy && incident.source && (
            <span>{t('list.proposedBy', { source: incident.source })}</span>
          )}
        </Box>
        {incident.reopened !== undefined && incident.reopened > 0 && (
          <span>{t('page.reopened', { count: incident.reopened })}</span>
        )}
        {incident.mergedInto && (
          <span>
            {t('page.mergedInto')}{' '}
            <AppLink to={links.incident(incident.mergedInto)}>
              {incident.mergedInto}
            </AppLink>
          </span>
        )}
      </Box>
    </Box>
  );
}
