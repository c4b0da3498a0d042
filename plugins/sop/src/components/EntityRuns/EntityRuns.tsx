import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { AppLink, EmptyState, useSopLinks } from '@handrail/plugin-sop-react';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';
import { RunsTable } from '../RunsTable';

const HIDDEN: 'procedure'[] = ['procedure'];

/** The runs of a procedure. */
export function EntityRuns() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const sopRef = stringifyEntityRef(entity);
  const request = useMemo(() => ({ sopRef, limit: 25 }), [sopRef]);
  return (
    <RunsTable
      request={request}
      hide={HIDDEN}
      empty={
        <EmptyState
          title={t('runs.emptyTitle')}
          action={
            <AppLink to={links.start({ sop: sopRef })}>
              {t('entity.start')}
            </AppLink>
          }
        >
          {t('runs.emptyHere')}
        </EmptyState>
      }
    />
  );
}
