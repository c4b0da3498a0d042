import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  AppLink,
  EmptyState,
  TitledCard,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';
import { RunsTable } from '../RunsTable';

const HIDDEN: 'procedure'[] = ['procedure'];

/**
 * The runs of a procedure, newest first.
 * @param props - `limit`: how many to show at first
 */
export function EntityRuns(props: { limit?: number }) {
  const { limit = 25 } = props;
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const sopRef = stringifyEntityRef(entity);
  const request = useMemo(() => ({ sopRef, limit }), [sopRef, limit]);
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

/** The latest runs as a card on the overview. */
export function EntityRunsCard() {
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <TitledCard title={t('entity.runs')}>
      <EntityRuns limit={5} />
    </TitledCard>
  );
}
