import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Loading,
  useProceduresForEntity,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';
import { RunsTable } from '../RunsTable';
import { GoverningCard } from './GoverningCard';
import { PolicyList } from './PolicyList';

const HIDDEN: 'target'[] = ['target'];

/** The procedures that govern an entity, and the runs about it. */
export function EntityProcedures() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const targetRef = stringifyEntityRef(entity);
  const request = useMemo(() => ({ targetRef, limit: 10 }), [targetRef]);
  const query = useProceduresForEntity(targetRef);

  return (
    <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
      <section aria-labelledby="sop-governing">
        <Typography id="sop-governing" variant="h6" component="h2">
          {t('entity.procedures')}
        </Typography>
        {query.isPending && <Loading shape="list" count={3} />}
        {!query.data && query.error && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {query.data?.length === 0 && (
          <EmptyState
            title={t('entity.noneTitle')}
            action={
              <AppLink to={links.catalogue()}>{t('runs.toCatalogue')}</AppLink>
            }
          >
            {t('entity.none')}
          </EmptyState>
        )}
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {query.data?.map(procedure => (
            <GoverningCard
              key={procedure.sopRef}
              procedure={procedure}
              targetRef={targetRef}
            />
          ))}
        </Box>
      </section>
      <PolicyList entityRef={targetRef} />
      <section aria-labelledby="sop-runs-here">
        <Typography id="sop-runs-here" variant="h6" component="h2">
          {t('entity.runsHere')}
        </Typography>
        <RunsTable
          request={request}
          hide={HIDDEN}
          empty={
            <Typography color="text.secondary">
              {t('runs.emptyTarget')}
            </Typography>
          }
        />
      </section>
    </Box>
  );
}
