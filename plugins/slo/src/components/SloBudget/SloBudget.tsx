import { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloKey } from '@handrail/plugin-slo-common';
import {
  AppLink,
  ErrorState,
  Loading,
  TitledCard,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { useSlo } from '../../hooks';
import { useSloLinks } from '../../routes';
import { sloTranslationRef } from '../../translation';
import { SloDetail, SloDetailLoading } from '../SloDetail';
import { SloLine } from '../SloLine';

function keyOf({ metadata }: Entity): SloKey {
  return { namespace: metadata.namespace ?? 'default', name: metadata.name };
}

/** Everything about an SLO on its page in the catalog. */
export function SloBudget() {
  const { entity } = useEntity();
  const query = useSlo(keyOf(entity));
  return (
    <>
      {query.isPending && <SloDetailLoading />}
      {query.error && (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && (
        <SloDetail key={query.data.ref} slo={query.data} heading="h2" />
      )}
    </>
  );
}

/** Where an SLO stands, on its overview in the catalog. */
export function SloBudgetCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sloTranslationRef);
  const links = useSloLinks();
  const key = keyOf(entity);
  const query = useSlo(key);
  return (
    <TitledCard title={t('entity.budget')}>
      {query.isPending && <Loading shape="list" count={1} />}
      {query.error && !query.data && (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, mb: 1, p: 0 }}>
          <SloLine slo={query.data} />
        </Box>
      )}
      <AppLink to={links.slo(key)}>{t('entity.full')}</AppLink>
    </TitledCard>
  );
}
