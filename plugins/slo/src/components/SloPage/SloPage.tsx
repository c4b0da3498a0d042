import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { ErrorState, PageBody, usePageTitle } from '@handrail/plugin-sop-react';
import { useParams } from 'react-router-dom';
import { useSlo } from '../../hooks';
import { useSloLinks } from '../../routes';
import { sloTranslationRef } from '../../translation';
import { SloDetail, SloDetailLoading } from '../SloDetail';

/** One SLO: are we fine, when does the budget run out, what burned it. */
export function SloPage() {
  const { namespace = '', name = '' } = useParams();
  const { t } = useTranslationRef(sloTranslationRef);
  const links = useSloLinks();
  const key = { namespace, name };
  const query = useSlo(key);
  const slo = query.data;
  usePageTitle(slo?.title ?? t('list.name'));
  return (
    <BreadcrumbEntry entry={{ label: slo?.title ?? '…', href: links.slo(key) }}>
      <PageBody maxWidth={1400}>
        {query.isPending && <SloDetailLoading />}
        {query.error && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {slo && <SloDetail key={slo.ref} slo={slo} heading="h1" />}
      </PageBody>
    </BreadcrumbEntry>
  );
}
