import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RoleView } from '@handrail/plugin-incidents-common';
import { PermitButton } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { incidentsTranslationRef } from '../../translation';
import type { IncidentActions } from '../IncidentPage/useIncidentActions';

type Verb = keyof RoleView['permits'];

const COMMANDS = {
  take: 'take-role',
  offer: 'offer-role',
  accept: 'accept-role',
  decline: 'decline-role',
  release: 'release-role',
} as const;

/** What makes sense for a role as it is held now. */
function verbsOf(role: RoleView): Verb[] {
  const { accept, decline, release } = role.permits;
  return [
    // Only the person to whom a role is offered can answer.
    ...(accept.allowed ? (['accept'] as const) : []),
    ...(decline.allowed ? (['decline'] as const) : []),
    ...(accept.allowed ? [] : (['take', 'offer'] as const)),
    ...(release.allowed ? (['release'] as const) : []),
  ];
}

/** Take, offer, accept, decline and release; each says why it cannot be done. */
export function RoleButtons(props: {
  role: RoleView;
  actions: IncidentActions;
}) {
  const { role, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {verbsOf(role).map(verb => {
        const word =
          verb === 'take' && role.holder
            ? t('roles.takeOver')
            : t(`roles.${verb}`);
        return (
          <PermitButton
            key={verb}
            size="small"
            variant={verb === 'accept' ? 'contained' : 'outlined'}
            color="primary"
            aria-label={t('roles.named', { verb: word, role: role.title })}
            permit={role.permits[verb]}
            pending={actions.pending === COMMANDS[verb]}
            onClick={() =>
              actions.act({
                type: COMMANDS[verb],
                given: { role: role.role },
                subject: role.title,
                // A role that nobody holds is taken without further questions.
                atOnce: verb === 'take' && !role.holder,
              })
            }
          >
            {word}
          </PermitButton>
        );
      })}
    </Box>
  );
}
