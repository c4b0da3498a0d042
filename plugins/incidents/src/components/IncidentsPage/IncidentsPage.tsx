import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EmptyState, PageBody, usePageTitle } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { incidentsTranslationRef } from '../../translation';
import { DeclareButton } from '../Declare';
import { IncidentsTable } from '../IncidentsTable';
import { FilterBar } from './FilterBar';
import { MedianTimes } from './MedianTimes';
import { ProposedStrip } from './ProposedStrip';
import { useFilters } from './useFilters';

/** All incidents: what alerts propose, what is open, what is over, how long it took. */
export function IncidentsPage() {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const state = useFilters();
  const { requests, filtered, filters } = state;
  usePageTitle(t('list.title'));
  const noMatch = (
    <EmptyState title={t('list.noMatchTitle')}>{t('list.noMatch')}</EmptyState>
  );
  const hint = filters.entity ? { entityRef: filters.entity } : undefined;
  return (
    <PageBody>
      <Box sx={{ mb: 2 }}>
        <DeclareButton variant="contained" size="medium" hint={hint} />
      </Box>
      <FilterBar {...state} />
      {requests.proposed && <ProposedStrip request={requests.proposed} />}
      {requests.open && (
        <Box component="section" aria-label={t('list.open')} sx={{ mb: 4 }}>
          <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
            {t('list.open')}
          </Typography>
          <IncidentsTable
            caption={t('list.openCaption')}
            request={requests.open}
            empty={
              filtered ? (
                noMatch
              ) : (
                <EmptyState
                  title={t('list.noneOpenTitle')}
                  action={<DeclareButton />}
                >
                  {t('list.noneOpen')}
                </EmptyState>
              )
            }
          />
        </Box>
      )}
      {requests.over && (
        <Box component="section" aria-label={t('list.over')}>
          <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
            {t('list.over')}
          </Typography>
          <IncidentsTable
            caption={t('list.overCaption')}
            request={requests.over}
            empty={
              filtered ? (
                noMatch
              ) : (
                <Typography color="text.secondary">
                  {t('list.noneOver')}
                </Typography>
              )
            }
          />
        </Box>
      )}
      <MedianTimes request={requests.metrics} />
    </PageBody>
  );
}
