import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AppLink, ErrorState, Loading } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Breadcrumbs from '@mui/material/Breadcrumbs';
import Typography from '@mui/material/Typography';
import { useContents } from '../../lib/queries';
import { useRepositoryLink } from '../../routes';
import { gitHostTranslationRef } from '../../translation';
import { FileView } from './FileView';
import { FolderView } from './FolderView';
import { PlaceProps } from './place';

/** What stands at a place: a folder with its readme, or a file. */
export function Browser(props: PlaceProps) {
  const { repository, branch, path } = props;
  const contents = useContents(repository, branch, path);
  const content = () => {
    if (contents.isPending) return <Loading count={5} />;
    if (contents.isError) {
      return (
        <ErrorState error={contents.error} onRetry={() => contents.refetch()} />
      );
    }
    return Array.isArray(contents.data) ? (
      <FolderView {...props} entries={contents.data} />
    ) : (
      <FileView file={contents.data} />
    );
  };
  return (
    <Box sx={{ overflowWrap: 'anywhere' }}>
      <Trail {...props} />
      {content()}
    </Box>
  );
}

function Trail({ repository, branch, path }: PlaceProps) {
  const { t } = useTranslationRef(gitHostTranslationRef);
  const link = useRepositoryLink();
  const parts = path.split('/').filter(Boolean);
  const name = parts.pop();
  return (
    <Breadcrumbs aria-label={t('page.breadcrumbs')} sx={{ mb: 1 }}>
      {name && (
        <AppLink to={link({ ...repository, branch })}>
          {repository.repo}
        </AppLink>
      )}
      {parts.map((part, index) => (
        <AppLink
          key={index}
          to={link({
            ...repository,
            branch,
            path: parts.slice(0, index + 1).join('/'),
          })}
        >
          {part}
        </AppLink>
      ))}
      <Typography color="text.primary" aria-current="page">
        {name ?? repository.repo}
      </Typography>
    </Breadcrumbs>
  );
}
