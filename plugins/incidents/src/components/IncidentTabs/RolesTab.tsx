import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RoleView } from '@handrail/plugin-incidents-common';
import { Glow, PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { isRelevant } from '../../lib/relevance';
import { incidentsTranslationRef } from '../../translation';
import type { TabProps } from './IncidentTabs';
import { RoleButtons } from './RoleButtons';

const LINE = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: 0.5,
  alignItems: 'center',
  mb: 1,
  typography: 'body2',
} as const;

/** Every role, who holds it, to whom it is offered. */
export function RolesTab(props: TabProps) {
  const { incident, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const holder = (role: RoleView) =>
    role.holder ? (
      <>
        <PersonChip entityRef={role.holder} />
        {role.acceptedAt && (
          <>
            {t('roles.since')} <TimeStamp at={role.acceptedAt} />
          </>
        )}
      </>
    ) : (
      t('roles.vacant')
    );
  return (
    <Box
      component="ul"
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
      }}
    >
      {incident.roles.map(role => (
        <Paper
          key={role.role}
          component="li"
          variant="outlined"
          sx={{ p: 2, bgcolor: 'transparent' }}
        >
          <Glow on={`${role.holder} ${role.offer?.to}`}>
            <Typography variant="h6" component="h2" sx={{ m: 0 }}>
              {role.title}
            </Typography>
            <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
              {role.description}
            </Typography>
            <Box sx={LINE}>{holder(role)}</Box>
            {role.offer && (
              <Box sx={LINE}>
                {t('roles.offeredTo')} <PersonChip entityRef={role.offer.to} />
                <TimeStamp at={role.offer.expiresAt} countdown />
              </Box>
            )}
          </Glow>
          {isRelevant(incident, 'take-role') && (
            <RoleButtons role={role} actions={actions} />
          )}
        </Paper>
      ))}
    </Box>
  );
}
