import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentView } from '@handrail/plugin-incidents-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { isRelevant } from '../../lib/relevance';
import { incidentsTranslationRef } from '../../translation';
import { RoleButtons } from '../IncidentTabs/RoleButtons';
import type { IncidentActions } from './useIncidentActions';

/** Who commands, to whom it is offered, and how to change that. */
export function CommanderFact(props: {
  incident: IncidentView;
  actions: IncidentActions;
}) {
  const { incident, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const role = incident.roles.find(one => one.role === 'commander');
  return (
    <Box sx={{ display: 'grid', gap: 0.75, justifyItems: 'start' }}>
      {incident.commander ? (
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 0.5,
            alignItems: 'center',
          }}
        >
          <PersonChip entityRef={incident.commander} />
          {role?.acceptedAt && (
            <Typography variant="body2" color="text.secondary" component="span">
              {t('common.since')} <TimeStamp at={role.acceptedAt} />
            </Typography>
          )}
        </Box>
      ) : (
        <Typography sx={{ fontWeight: 'fontWeightBold' }}>
          {t('common.nobody')}
        </Typography>
      )}
      {role?.offer && (
        <Box sx={{ typography: 'body2' }}>
          {t('page.offered')} <PersonChip entityRef={role.offer.to} />{' '}
          <TimeStamp at={role.offer.expiresAt} countdown />
        </Box>
      )}
      {role && isRelevant(incident, 'take-role') && (
        <RoleButtons role={role} actions={actions} />
      )}
    </Box>
  );
}
