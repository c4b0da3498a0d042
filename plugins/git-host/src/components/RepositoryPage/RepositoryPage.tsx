import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  CodeBlock,
  EmptyState,
  EntityLink,
  ErrorState,
  Loading,
  PageBody,
  usePageTitle,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useParams, useSearchParams } from 'react-router-dom';
import { Repository } from '../../api';
import { useComponents, useRepository } from '../../lib/queries';
import { useRepositoryLink } from '../../routes';
import { gitHostTranslationRef } from '../../translation';
import { BranchChoice } from './BranchChoice';
import { Browser } from './Browser';
import { CommitList } from './CommitList';

/** A repository: its files at a branch and path, how to clone it, who changed it. */
export function RepositoryPage() {
  const { owner = '', repo = '' } = useParams();
  const link = useRepositoryLink();
  const fullName = `${owner}/${repo}`;
  usePageTitle(fullName);
  const repository = useRepository({ owner, repo });

  const body = () => {
    if (repository.isPending) return <Loading shape="split" />;
    if (repository.isError) {
      return (
        <ErrorState
          error={repository.error}
          onRetry={() => repository.refetch()}
        />
      );
    }
    return <RepositoryContent repository={repository.data} />;
  };
  return (
    <BreadcrumbEntry entry={{ label: fullName, href: link({ owner, repo }) }}>
      <PageBody>{body()}</PageBody>
    </BreadcrumbEntry>
  );
}

function RepositoryContent(props: { repository: Repository }) {
  const { repository } = props;
  const { t } = useTranslationRef(gitHostTranslationRef);
  const [params] = useSearchParams();
  const branch = params.get('branch') ?? repository.default_branch;
  const path = (params.get('path') ?? '').replace(/^\/+|\/+$/g, '');
  const key = { owner: repository.owner.login, repo: repository.name };
  const components =
    useComponents([repository]).get(repository.full_name) ?? [];

  return (
    <>
      <Typography variant="h5" component="h2">
        {repository.full_name}
      </Typography>
      {repository.description && (
        <Typography color="text.secondary">{repository.description}</Typography>
      )}
      {components.length > 0 && (
        <Typography component="div" sx={{ mt: 1 }}>
          {t('page.catalog')}:{' '}
          {components.map(entityRef => (
            <Box component="span" key={entityRef} sx={{ mr: 1 }}>
              <EntityLink entityRef={entityRef} />
            </Box>
          ))}
        </Typography>
      )}
      <Box sx={{ maxWidth: 720 }}>
        <CodeBlock
          label={t('page.cloneLabel')}
          text={`git clone ${repository.clone_url}`}
        />
      </Box>
      {repository.empty && !params.get('branch') ? (
        <EmptyState title={t('page.emptyTitle')}>
          {t('page.emptyText')}
          <Box sx={{ textAlign: 'left' }}>
            <CodeBlock
              text={`git push ${repository.clone_url} HEAD:${repository.default_branch}`}
            />
          </Box>
        </EmptyState>
      ) : (
        <Box
          sx={{
            display: 'grid',
            gap: 3,
            mt: 2,
            gridTemplateColumns: {
              xs: 'minmax(0, 1fr)',
              lg: 'minmax(0, 3fr) minmax(0, 1fr)',
            },
          }}
        >
          <div>
            <BranchChoice repository={key} branch={branch} path={path} />
            <Browser repository={key} branch={branch} path={path} />
          </div>
          <CommitList repository={key} branch={branch} path={path} />
        </Box>
      )}
    </>
  );
}
