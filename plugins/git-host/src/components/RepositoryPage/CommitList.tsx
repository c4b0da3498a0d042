import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ErrorState,
  LoadMore,
  Loading,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { subjectOf } from '../../lib/format';
import { useCommits } from '../../lib/queries';
import { gitHostTranslationRef } from '../../translation';
import { PlaceProps } from './place';

/** The last commits that changed a place. */
export function CommitList(props: PlaceProps) {
  const { repository, branch, path } = props;
  const { t } = useTranslationRef(gitHostTranslationRef);
  const commits = useCommits(repository, branch, path);
  const items = commits.data?.pages.flatMap(page => page.items) ?? [];
  // The file list says already that there is no such branch or path.
  if (commits.isError && 'statusCode' in commits.error) return null;
  if (commits.isSuccess && items.length === 0) return null;
  return (
    <Box component="section" aria-labelledby="git-host-commits">
      <Typography variant="h6" component="h2" id="git-host-commits">
        {path ? t('page.commitsOf', { path }) : t('page.commits')}
      </Typography>
      {commits.isPending && <Loading count={3} />}
      {commits.isError && <ErrorState error={commits.error} />}
      <Box component="ol" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {items.map(({ sha, commit }) => (
          <Box
            component="li"
            key={sha}
            sx={{ py: 1, borderBottom: 1, borderColor: 'divider' }}
          >
            <Typography sx={{ overflowWrap: 'anywhere' }}>
              {subjectOf(commit.message)}
            </Typography>
            <Typography variant="body2" component="div" color="text.secondary">
              <code>{sha.slice(0, 7)}</code>{' '}
              {t('page.commitBy', { author: commit.author.name })}{' '}
              <TimeStamp at={commit.author.date} />
            </Typography>
          </Box>
        ))}
      </Box>
      <LoadMore query={commits} />
    </Box>
  );
}
