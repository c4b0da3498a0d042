import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AppLink,
  EmptyState,
  Loading,
  useIdentity,
} from '@handrail/plugin-sop-react';
import TaskAltIcon from '@mui/icons-material/TaskAlt';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { useIncidentLinks } from '../../routes';
import { incidentsTranslationRef } from '../../translation';
import { DeclareButton } from '../Declare';
import { OpenIncidents } from '../OpenIncidents';

/** On the home page: open incidents on what the reader or a group of theirs owns. */
export function OwnIncidentsWidget() {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const links = useIncidentLinks();
  const owner = useIdentity()?.ownershipEntityRefs;
  const request = useMemo(() => ({ owner, open: true, limit: 6 }), [owner]);
  if (!owner) {
    return <Loading shape="list" count={2} />;
  }
  return (
    <>
      <OpenIncidents
        request={request}
        empty={
          <EmptyState
            dense
            icon={<TaskAltIcon />}
            title={t('widget.noneTitle')}
          />
        }
      />
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 2,
          alignItems: 'center',
          justifyContent: 'space-between',
        }}
      >
        <AppLink to={links.list()}>{t('widget.all')}</AppLink>
        <DeclareButton />
      </Box>
    </>
  );
}
