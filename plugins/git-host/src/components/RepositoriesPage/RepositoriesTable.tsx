import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AppLink,
  DataColumn,
  DataTable,
  EntityLink,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Repository } from '../../api';
import { formatBytes, subjectOf } from '../../lib/format';
import { useComponents } from '../../lib/queries';
import { useRepositoryLink } from '../../routes';
import { gitHostTranslationRef } from '../../translation';

/** Repositories with what one chooses them by. */
export function RepositoriesTable(props: { repositories: Repository[] }) {
  const { repositories } = props;
  const { t } = useTranslationRef(gitHostTranslationRef);
  const link = useRepositoryLink();
  const components = useComponents(repositories);

  const columns: DataColumn<Repository>[] = [
    {
      id: 'name',
      title: t('list.name'),
      render: one => (
        <>
          <AppLink to={link({ owner: one.owner.login, repo: one.name })}>
            {one.full_name}
          </AppLink>
          {one.private && (
            <Typography component="span" variant="body2" sx={{ ml: 1 }}>
              {t('list.private')}
            </Typography>
          )}
          {one.description && (
            <Typography variant="body2" color="text.secondary">
              {one.description}
            </Typography>
          )}
        </>
      ),
    },
    {
      id: 'component',
      title: t('list.component'),
      width: '20%',
      render: one => {
        const refs = components.get(one.full_name) ?? [];
        return refs.length === 0
          ? t('list.none')
          : refs.map(entityRef => (
              <Box key={entityRef}>
                <EntityLink entityRef={entityRef} />
              </Box>
            ));
      },
    },
    {
      id: 'branch',
      title: t('list.branch'),
      render: one => one.default_branch,
    },
    {
      id: 'commit',
      title: t('list.commit'),
      width: '25%',
      render: ({ latest_commit: commit }) =>
        commit ? (
          <>
            {subjectOf(commit.commit.message)}{' '}
            <Typography component="span" variant="body2" color="text.secondary">
              <TimeStamp at={commit.commit.committer.date} />
            </Typography>
          </>
        ) : (
          t('list.empty')
        ),
    },
    {
      id: 'size',
      title: t('list.size'),
      render: one => formatBytes(one.size * 1024),
    },
  ];

  return (
    <DataTable
      caption={t('list.caption')}
      columns={columns}
      rows={repositories}
      rowKey={one => one.full_name}
    />
  );
}
