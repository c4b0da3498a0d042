import {
  BreadcrumbEntry,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { ComplianceRow } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Loading,
  LoadMore,
  PageBody,
  sopApiRef,
  useCompliance,
  usePageTitle,
  useSopLinks,
  useUrlState,
} from '@handrail/plugin-sop-react';
import DownloadIcon from '@mui/icons-material/Download';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { exportCompliance } from '../../lib/exportCompliance';
import { sopTranslationRef } from '../../translation';
import { ComplianceFilters, STATES } from './ComplianceFilters';
import { ComplianceTable } from './ComplianceTable';
import { StepInsightSection } from './StepInsightSection';

function isState(value: string): value is ComplianceRow['state'] {
  return (STATES as string[]).includes(value);
}

/** Where we are exposed: entities that lack a required run. */
export function CompliancePage() {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const api = useApi(sopApiRef);
  const { params, set } = useUrlState();
  const [exportError, setExportError] = useState<Error>();
  usePageTitle(t('compliance.title'));

  const request = useMemo(
    () => ({
      state: params.getAll('state').filter(isState),
      sopRef: params.get('sop') ?? undefined,
      ownerRef: params.get('owner') ?? undefined,
      limit: 50,
    }),
    [params],
  );
  const query = useCompliance(request);
  const first = query.data?.pages[0];
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  const failing = first ? first.totals.missing + first.totals.overdue : 0;
  const all = first ? failing + first.totals['due-soon'] + first.totals.met : 0;
  const save = () => {
    setExportError(undefined);
    exportCompliance(api, request).catch(setExportError);
  };

  return (
    <BreadcrumbEntry
      entry={{ label: t('compliance.title'), href: links.compliance() }}
    >
      <PageBody>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mb: 2 }}>
          <Typography
            role="status"
            component="div"
            sx={{ flex: '1 1 260px' }}
            variant="h6"
          >
            {all > 0 &&
              (failing
                ? t('compliance.exposed', {
                    failing: String(failing),
                    all: String(all),
                  })
                : t('compliance.fine', { all: String(all) }))}
          </Typography>
          <AppLink to={links.toil()} sx={{ alignSelf: 'center' }}>
            {t('toil.title')}
          </AppLink>
          {all > 0 && (
            <Button startIcon={<DownloadIcon aria-hidden />} onClick={save}>
              {t('compliance.export')}
            </Button>
          )}
        </Box>
        {exportError && <ErrorState error={exportError} onRetry={save} />}
        {(!first || all > 0) && (
          <ComplianceFilters
            state={request.state}
            sop={request.sopRef}
            owner={request.ownerRef}
            set={set}
          />
        )}
        {first?.truncated && (
          <Typography color="text.secondary">
            {t('compliance.truncated')}
          </Typography>
        )}
        {query.isPending && <Loading shape="list" />}
        {query.error && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {first && all === 0 && (
          <EmptyState title={t('compliance.emptyTitle')}>
            {t('compliance.empty')}
          </EmptyState>
        )}
        {first && all > 0 && rows.length === 0 && (
          <EmptyState title={t('compliance.noMatchTitle')}>
            {t('catalogue.noMatch')}
          </EmptyState>
        )}
        {rows.length > 0 && <ComplianceTable rows={rows} />}
        <LoadMore query={query} />
        {request.sopRef && (
          <StepInsightSection
            sopRef={request.sopRef}
            byTeam={params.get('by') === 'team'}
            onByTeam={byTeam => set({ by: byTeam ? 'team' : undefined })}
          />
        )}
      </PageBody>
    </BreadcrumbEntry>
  );
}
