import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { incidentsTranslationRef } from '../../translation';
import { CommanderFact } from './CommanderFact';
import { Fact } from './Fact';
import { NextDutyFact } from './NextDutyFact';
import type { IncidentActions } from './useIncidentActions';

const CLAMP = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 4,
  overflow: 'hidden',
  whiteSpace: 'pre-wrap',
} as const;

const LINE = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 0.5,
  mt: 0.5,
  typography: 'body2',
  color: 'text.secondary',
} as const;

/** Who does what until when: commander, next duty, impact, last update. */
export function IncidentFacts(props: {
  incident: IncidentView;
  actions: IncidentActions;
}) {
  const { incident, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const { impact, next } = incident;
  const [update] = incident.updates;
  return (
    <Box
      component="dl"
      aria-label={t('page.facts')}
      sx={{
        m: 0,
        mb: 2,
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: {
          xs: '100%',
          sm: 'repeat(2, minmax(0, 1fr))',
          lg: 'repeat(4, minmax(0, 1fr))',
        },
      }}
    >
      <Fact name={t('page.commander')} on={incident.commander ?? 'none'}>
        <CommanderFact incident={incident} actions={actions} />
      </Fact>
      <Fact
        name={t('page.next')}
        on={next ? `${next.obligationId} ${next.state}` : 'none'}
      >
        <NextDutyFact incident={incident} />
      </Fact>
      <Fact name={t('page.impact')} on={impact?.at ?? 'none'}>
        {impact ? (
          <>
            <Typography sx={CLAMP} title={impact.statement}>
              {impact.statement}
            </Typography>
            {impact.startedAt && (
              <Box sx={LINE}>
                {t('page.impactSince')} <TimeStamp at={impact.startedAt} />
              </Box>
            )}
          </>
        ) : (
          <Typography color="text.secondary">{t('page.noImpact')}</Typography>
        )}
      </Fact>
      <Fact name={t('page.lastUpdate')} on={update?.seq ?? 0}>
        {update ? (
          <>
            <Typography sx={CLAMP} title={update.message}>
              {update.message}
            </Typography>
            <Box sx={LINE}>
              <TimeStamp at={update.at} />
              <PersonChip entityRef={update.by} />
            </Box>
          </>
        ) : (
          <Typography color="text.secondary">{t('page.noUpdate')}</Typography>
        )}
        {incident.open && incident.nextUpdateAt && (
          <Box sx={LINE}>
            {t('page.nextUpdate')}{' '}
            <TimeStamp at={incident.nextUpdateAt} deadline />
          </Box>
        )}
      </Fact>
    </Box>
  );
}
