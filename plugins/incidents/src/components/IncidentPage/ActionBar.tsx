import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  IncidentCommandType,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import { PermitButton } from '@handrail/plugin-sop-react';
import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useId, useState } from 'react';
import { incidentsTranslationRef } from '../../translation';
import { pageActions } from './actions';
import type { IncidentActions } from './useIncidentActions';

/** Plain verbs; each that is not possible now says why. */
export function ActionBar(props: {
  incident: IncidentView;
  actions: IncidentActions;
}) {
  const { incident, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const { first, more } = pageActions(incident);
  return (
    <Box role="group" aria-label={t('page.actions')} sx={{ mb: 2 }}>
      {first.length + more.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1 }}>
          {first.map((type, index) => (
            <PermitButton
              key={type}
              variant={index === 0 ? 'contained' : 'outlined'}
              color="primary"
              permit={incident.permits[type]}
              pending={actions.pending === type}
              onClick={() => actions.act({ type })}
            >
              {t(`command.${type}`)}
            </PermitButton>
          ))}
          {more.length > 0 && (
            <MoreMenu incident={incident} actions={actions} types={more} />
          )}
        </Box>
      )}
      {actions.outcome}
    </Box>
  );
}

function MoreMenu(props: {
  incident: IncidentView;
  actions: IncidentActions;
  types: IncidentCommandType[];
}) {
  const { incident, actions, types } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const id = useId();
  return (
    <>
      <Button
        id={`${id}-button`}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        aria-controls={anchor ? id : undefined}
        endIcon={<ArrowDropDownIcon />}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('page.more')}
      </Button>
      <Menu
        id={id}
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        MenuListProps={{ 'aria-labelledby': `${id}-button` }}
      >
        {types.map(type => {
          const { allowed, reason } = incident.permits[type];
          return (
            <MenuItem
              key={type}
              aria-disabled={!allowed || undefined}
              sx={{ maxWidth: 360, whiteSpace: 'normal' }}
              onClick={() => {
                if (allowed) {
                  setAnchor(undefined);
                  actions.act({ type });
                }
              }}
            >
              <ListItemText
                primary={t(`command.${type}`)}
                secondary={allowed ? undefined : reason}
                primaryTypographyProps={{
                  color: allowed ? undefined : 'text.secondary',
                }}
              />
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
