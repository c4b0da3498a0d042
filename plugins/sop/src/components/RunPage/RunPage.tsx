import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  ErrorState,
  Loading,
  PageBody,
  usePageTitle,
  useRun,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import { useParams } from 'react-router-dom';
import { sopTranslationRef } from '../../translation';
import { RunContent } from './RunContent';

/** One run: where it stands, whom it waits for, and what to do. */
export function RunPage() {
  const { runId = '' } = useParams();
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const query = useRun(runId);
  const run = query.data;
  usePageTitle(run?.title ?? t('runs.run'));
  return (
    <BreadcrumbEntry entry={{ label: t('runs.title'), href: links.runs() }}>
      <BreadcrumbEntry
        entry={{ label: run?.title ?? '…', href: links.run(runId) }}
      >
        <PageBody>
          {query.isPending && <Loading shape="split" count={8} />}
          {!run && query.error && (
            <ErrorState error={query.error} onRetry={() => query.refetch()} />
          )}
          {run && <RunContent key={run.runId} run={run} />}
        </PageBody>
      </BreadcrumbEntry>
    </BreadcrumbEntry>
  );
}
