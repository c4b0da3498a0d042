import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Loading,
  LoadMore,
  PageBody,
  usePageTitle,
} from '@handrail/plugin-sop-react';
import AccountTreeIcon from '@mui/icons-material/AccountTree';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useSearchParams } from 'react-router-dom';
import { useRepositories } from '../../lib/queries';
import { gitHostTranslationRef } from '../../translation';
import { RepositoriesTable } from './RepositoriesTable';

/** All repositories of the git host, with a search. */
export function RepositoriesPage() {
  const { t } = useTranslationRef(gitHostTranslationRef);
  const [params, setParams] = useSearchParams();
  const query = params.get('q') ?? '';
  usePageTitle(t('list.title'));
  const repositories = useRepositories(query || undefined);
  const pages = repositories.data?.pages ?? [];
  const items = pages.flatMap(page => page.items);

  const list = () => {
    if (repositories.isPending) return <Loading count={6} />;
    if (repositories.isError) {
      return (
        <ErrorState
          error={repositories.error}
          onRetry={() => repositories.refetch()}
        />
      );
    }
    if (items.length === 0) {
      return query ? (
        <EmptyState title={t('list.noMatchTitle')}>
          {t('list.noMatchText')}
        </EmptyState>
      ) : (
        <EmptyState
          title={t('list.emptyTitle')}
          icon={<AccountTreeIcon />}
          action={<AppLink to="/create">{t('list.create')}</AppLink>}
        >
          {t('list.emptyText')}
        </EmptyState>
      );
    }
    return (
      <>
        <RepositoriesTable repositories={items} />
        <LoadMore query={repositories} />
      </>
    );
  };

  return (
    <PageBody>
      <TextField
        size="small"
        type="search"
        label={t('list.search')}
        value={query}
        sx={{ width: 360, maxWidth: '100%', mb: 1 }}
        onChange={event => {
          const { value } = event.target;
          setParams(value ? { q: value } : {}, { replace: true });
        }}
      />
      <Typography
        color="text.secondary"
        variant="body2"
        role="status"
        sx={{ minHeight: 20, mb: 1 }}
      >
        {pages.length > 0 && t('list.count', { count: pages[0].total })}
      </Typography>
      {list()}
    </PageBody>
  );
}
