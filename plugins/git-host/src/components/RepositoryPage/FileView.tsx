import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { ContentsEntry } from '../../api';
import { decodeText, formatBytes } from '../../lib/format';
import { gitHostTranslationRef } from '../../translation';

/** More would make the page slow. */
const MAX_LINES = 5_000;

/** A file as text with line numbers. */
export function FileView(props: { file: ContentsEntry }) {
  const { file } = props;
  const { t } = useTranslationRef(gitHostTranslationRef);
  const text = useMemo(() => decodeText(file.content ?? ''), [file.content]);
  // The line after a newline at the end is none.
  const lines = text === '' ? [] : text?.replace(/\n$/, '').split('\n') ?? [];
  const shown = lines.slice(0, MAX_LINES);

  const body = () => {
    if (text === undefined) return <p>{t('page.binary')}</p>;
    if (text === '') return <p>{t('page.blank')}</p>;
    return (
      <>
        <Box
          role="region"
          tabIndex={0}
          aria-label={t('page.content', { path: file.path })}
          sx={{
            display: 'flex',
            overflow: 'auto',
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            fontSize: 'body2.fontSize',
            '& pre': { m: 0, py: 1, fontFamily: 'monospace' },
          }}
        >
          <Box
            component="pre"
            aria-hidden
            sx={{
              px: 1.5,
              textAlign: 'right',
              userSelect: 'none',
              color: 'text.secondary',
              borderRight: 1,
              borderColor: 'divider',
            }}
          >
            {shown.map((_line, index) => index + 1).join('\n')}
          </Box>
          <Box component="pre" sx={{ px: 1.5 }}>
            {shown.join('\n')}
          </Box>
        </Box>
        {shown.length < lines.length && (
          <p>
            {t('page.cut', {
              shown: String(shown.length),
              total: String(lines.length),
            })}
          </p>
        )}
      </>
    );
  };

  return (
    <>
      <Typography
        component="div"
        variant="body2"
        color="text.secondary"
        sx={{ mb: 1, display: 'flex', gap: 2 }}
      >
        <span>{formatBytes(file.size)}</span>
        {lines.length > 0 && (
          <span>{t('page.lines', { count: lines.length })}</span>
        )}
        {file.download_url && (
          <Link href={file.download_url} target="_blank" rel="noreferrer">
            {t('page.raw')}
          </Link>
        )}
      </Typography>
      {body()}
    </>
  );
}
