import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  AppLink,
  DataColumn,
  DataTable,
  Loading,
  Markdown,
} from '@handrail/plugin-sop-react';
import FolderIcon from '@mui/icons-material/Folder';
import FileIcon from '@mui/icons-material/InsertDriveFileOutlined';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ContentsEntry } from '../../api';
import { decodeText, formatBytes } from '../../lib/format';
import { useContents } from '../../lib/queries';
import { useRepositoryLink } from '../../routes';
import { gitHostTranslationRef } from '../../translation';
import { PlaceProps } from './place';

/** Props of {@link FolderView}. */
export interface FolderViewProps extends PlaceProps {
  entries: ContentsEntry[];
}

/** The entries of a folder and its readme. */
export function FolderView(props: FolderViewProps) {
  const { repository, branch, path, entries } = props;
  const { t } = useTranslationRef(gitHostTranslationRef);
  const link = useRepositoryLink();
  const kind = (entry: ContentsEntry) =>
    ({
      file: formatBytes(entry.size),
      dir: t('page.folder'),
      symlink: t('page.link'),
      submodule: t('page.submodule'),
    }[entry.type]);

  const columns: DataColumn<ContentsEntry>[] = [
    {
      id: 'name',
      title: t('page.file'),
      render: entry => (
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Box
            component={entry.type === 'dir' ? FolderIcon : FileIcon}
            aria-hidden
            sx={{ fontSize: 20, color: 'text.secondary', flexShrink: 0 }}
          />
          {entry.type === 'submodule' ? (
            entry.name
          ) : (
            <AppLink
              to={link({ ...repository, branch, path: entry.path })}
              sx={{ overflowWrap: 'anywhere' }}
            >
              {entry.name}
            </AppLink>
          )}
        </Box>
      ),
    },
    { id: 'size', title: t('page.size'), width: 140, render: kind },
  ];
  const readme = entries.find(
    one => one.type === 'file' && /^readme(\.md)?$/i.test(one.name),
  );
  return (
    <>
      <DataTable
        caption={path ? t('page.filesIn', { path }) : t('page.files')}
        columns={columns}
        rows={entries}
        rowKey={entry => entry.name}
      />
      {readme && <Readme {...props} path={readme.path} />}
    </>
  );
}

function Readme({ repository, branch, path }: PlaceProps) {
  const { t } = useTranslationRef(gitHostTranslationRef);
  const contents = useContents(repository, branch, path);
  if (contents.isPending) return <Loading shape="text" />;
  const file = contents.data;
  const text =
    file && !Array.isArray(file) ? decodeText(file.content ?? '') : undefined;
  if (!text) return null;
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={t('page.readme')}
      sx={{ mt: 3, p: 2 }}
    >
      {/\.md$/i.test(path) ? (
        <Markdown content={text} />
      ) : (
        <Typography sx={{ whiteSpace: 'pre-wrap' }}>{text}</Typography>
      )}
    </Paper>
  );
}
