import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  AppLink,
  ErrorState,
  Loading,
  TitledCard,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useSlos } from '../../hooks';
import { sloTranslationRef } from '../../translation';
import { SloLine } from '../SloLine';

const LINES = 4;

/** The budgets of an entity on its overview, worst first. */
export function EntitySloCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sloTranslationRef);
  const entityRef = stringifyEntityRef(entity);
  const request = useMemo(() => ({ entityRef, limit: LINES }), [entityRef]);
  const query = useSlos(request);
  const page = query.data?.pages[0];
  const more = page ? page.total - page.items.length : 0;
  return (
    <TitledCard title={t('entity.cardTitle')}>
      {query.isPending && <Loading shape="list" count={2} />}
      {query.error && !page && (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
      {page?.items.length === 0 && (
        <Typography color="text.secondary">{t('entity.emptyTitle')}</Typography>
      )}
      {page && page.items.length > 0 && (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {page.items.map(slo => (
            <SloLine key={slo.ref} slo={slo} />
          ))}
        </Box>
      )}
      {more > 0 && (
        <Box sx={{ mt: 1 }}>
          <AppLink to="slos">{t('entity.more', { count: more })}</AppLink>
        </Box>
      )}
    </TitledCard>
  );
}
