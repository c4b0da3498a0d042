import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { AppLink, EmptyState, TitledCard } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useIncidentLinks } from '../../routes';
import { incidentsTranslationRef } from '../../translation';
import { DeclareButton } from '../Declare';
import { MedianTimes } from '../IncidentsPage/MedianTimes';
import { IncidentsTable } from '../IncidentsTable';
import { OpenIncidents } from '../OpenIncidents';

function useHint() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const entityName = entity.metadata.title ?? entity.metadata.name;
  return useMemo(() => ({ entityRef, entityName }), [entityRef, entityName]);
}

/** The tab of an entity: its open incidents first, then those that are over. */
export function EntityIncidents() {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const hint = useHint();
  const { entityRef } = hint;
  const requests = useMemo(
    () => ({
      open: { entityRef, open: true, limit: 25 },
      over: { entityRef, open: false, limit: 25 },
      metrics: { entityRef },
    }),
    [entityRef],
  );
  return (
    <Box sx={{ color: 'text.primary', typography: 'body1', minWidth: 0 }}>
      <Box component="section" aria-label={t('list.open')} sx={{ mb: 4 }}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            justifyContent: 'space-between',
            mb: 1,
          }}
        >
          <Typography variant="h6" component="h2" sx={{ m: 0 }}>
            {t('list.open')}
          </Typography>
          <DeclareButton hint={hint} />
        </Box>
        <IncidentsTable
          caption={t('list.openCaption')}
          request={requests.open}
          hideEntities
          empty={
            <EmptyState title={t('entity.noneOpen')}>
              {t('list.noneOpen')}
            </EmptyState>
          }
        />
      </Box>
      <Box component="section" aria-label={t('list.over')}>
        <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
          {t('list.over')}
        </Typography>
        <IncidentsTable
          caption={t('list.overCaption')}
          request={requests.over}
          hideEntities
          empty={
            <Typography color="text.secondary">
              {t('entity.noneTitle')}
            </Typography>
          }
        />
      </Box>
      <MedianTimes request={requests.metrics} />
    </Box>
  );
}

/** On the overview: what is open here, and the way to declare. */
export function EntityIncidentsCard() {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const links = useIncidentLinks();
  const hint = useHint();
  const { entityRef } = hint;
  const request = useMemo(
    () => ({ entityRef, open: true, limit: 5 }),
    [entityRef],
  );
  return (
    <TitledCard
      title={t('entity.openHere')}
      action={<DeclareButton hint={hint} />}
    >
      <OpenIncidents
        request={request}
        empty={
          <Typography color="text.secondary" sx={{ mb: 1 }}>
            {t('entity.noneOpen')}
          </Typography>
        }
      />
      <AppLink to={links.list({ entity: entityRef })}>
        {t('entity.all')}
      </AppLink>
    </TitledCard>
  );
}
