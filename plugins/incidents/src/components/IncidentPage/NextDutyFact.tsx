import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { incidentsTranslationRef } from '../../translation';
import { DutyState } from '../Chips';

const PEOPLE = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 0.5,
} as const;

/** What is due next, its clock, and with a missed one who was told. */
export function NextDutyFact(props: { incident: IncidentView }) {
  const { next, obligations } = props.incident;
  const { t } = useTranslationRef(incidentsTranslationRef);
  if (!next) {
    return <Typography>{t('page.noDuty')}</Typography>;
  }
  const duty = obligations.find(one => one.obligationId === next.obligationId);
  const missed = next.state === 'breached';
  const told = duty?.notified ?? [];
  return (
    <Box sx={{ display: 'grid', gap: 0.75 }}>
      <Box sx={{ ...PEOPLE, columnGap: 1 }}>
        <Typography
          component="span"
          sx={{ fontWeight: 'fontWeightBold', m: 0 }}
        >
          {next.title}
        </Typography>
        <DutyState duty={{ state: next.state, late: missed }} />
      </Box>
      <Typography
        component="div"
        variant="h5"
        data-testid="next-duty-clock"
        color={missed ? 'error.main' : undefined}
        // Room for the longest form, so that nothing moves as the clock runs.
        sx={{ m: 0, minHeight: '1.5em', minWidth: '18ch' }}
      >
        <TimeStamp at={next.dueAt} deadline />
      </Typography>
      <Box sx={{ ...PEOPLE, typography: 'body2' }}>
        <span>{t('page.responsible')}</span>
        {next.responsible.length > 0
          ? next.responsible.map(ref => (
              <PersonChip key={ref} entityRef={ref} />
            ))
          : t('common.nobody')}
      </Box>
      {missed && (
        <Box sx={{ ...PEOPLE, typography: 'body2' }}>
          <span>
            {t('page.missedSince')}{' '}
            <TimeStamp at={duty?.breachedAt ?? next.dueAt} />,
          </span>
          {told.length > 0 ? (
            <>
              <span>{t('page.told')}</span>
              {told.map(ref => (
                <PersonChip key={ref} entityRef={ref} />
              ))}
            </>
          ) : (
            <span>{t('page.noOneTold')}</span>
          )}
        </Box>
      )}
    </Box>
  );
}
