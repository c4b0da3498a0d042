import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Loading,
  LoadMore,
  PageBody,
  usePageTitle,
  useProcedureStandings,
  useSopLinks,
  useUrlState,
} from '@handrail/plugin-sop-react';
import ChecklistIcon from '@mui/icons-material/Checklist';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { sopTranslationRef } from '../../translation';
import { CatalogueFilterBar } from './CatalogueFilterBar';
import { ProcedureCard } from './ProcedureCard';
import { CatalogueFilters, useCatalogue } from './useCatalogue';

/** Where the catalog takes addresses of YAML files. */
const IMPORT_PATH = '/catalog-import';

/** All registered procedures. */
export function CataloguePage() {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const { params, set } = useUrlState();
  usePageTitle(t('catalogue.title'));

  const value = (name: string) => params.get(name) ?? undefined;
  const filters: CatalogueFilters = {
    q: value('q'),
    type: value('type'),
    lifecycle: value('lifecycle'),
    owner: value('owner'),
    system: value('system'),
    tag: value('tag'),
  };
  const filtered = Object.values(filters).some(Boolean);
  const query = useCatalogue(filters);
  const onChange = useCallback(
    (changes: CatalogueFilters, options?: { replace?: boolean }) =>
      set({ ...changes }, options),
    [set],
  );
  const pages = query.data?.pages ?? [];
  const entities = pages.flatMap(page => page.items);
  const standings = useProcedureStandings(
    pages.map(page => page.items.map(entity => stringifyEntityRef(entity))),
  );
  const total = query.data?.pages[0]?.totalItems;

  return (
    <PageBody>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mb: 2 }}>
        <Typography
          role="status"
          sx={{ flex: 1, alignSelf: 'center' }}
          color="text.secondary"
        >
          {total !== undefined && t('catalogue.count', { count: total })}
        </Typography>
        <AppLink to={links.compliance()} sx={{ alignSelf: 'center' }}>
          {t('compliance.title')}
        </AppLink>
        <AppLink to={links.runs()} sx={{ alignSelf: 'center' }}>
          {t('catalogue.allRuns')}
        </AppLink>
        <AppLink to={links.editor()} sx={{ alignSelf: 'center' }}>
          {t('catalogue.write')}
        </AppLink>
        <AppLink to={IMPORT_PATH} sx={{ alignSelf: 'center' }}>
          {t('catalogue.register')}
        </AppLink>
      </Box>
      <CatalogueFilterBar filters={filters} onChange={onChange} />
      {query.isPending && <Loading shape="cards" count={6} />}
      {query.error && (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && entities.length === 0 && !filtered && (
        <EmptyState
          icon={<ChecklistIcon />}
          title={t('catalogue.emptyTitle')}
          action={
            <Button component={RouterLink} to={IMPORT_PATH} variant="contained">
              {t('catalogue.register')}
            </Button>
          }
        >
          {t('catalogue.empty')}
        </EmptyState>
      )}
      {query.data && entities.length === 0 && filtered && (
        <EmptyState title={t('catalogue.noMatchTitle')}>
          {t('catalogue.noMatch')}
        </EmptyState>
      )}
      {entities.length > 0 && (
        <Box
          component="ul"
          aria-busy={query.isPlaceholderData || undefined}
          sx={{
            listStyle: 'none',
            m: 0,
            p: 0,
            display: 'grid',
            gap: 2,
            gridTemplateColumns:
              'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
          }}
        >
          {entities.map(entity => (
            <ProcedureCard
              key={stringifyEntityRef(entity)}
              entity={entity}
              standing={standings.get(stringifyEntityRef(entity))}
            />
          ))}
        </Box>
      )}
      <LoadMore query={query} />
    </PageBody>
  );
}
