import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CheckIcon from '@mui/icons-material/Check';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useState } from 'react';
import { sopReactTranslationRef } from '../../translation';

/** Text in a fixed-width face with a copy button. @public */
export function CodeBlock(props: { text: string; label?: string }) {
  const { text, label } = props;
  const { t } = useTranslationRef(sopReactTranslationRef);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const name = copied ? t('markdown.copied') : t('markdown.copy');
  return (
    <Box sx={{ position: 'relative', my: 1 }}>
      <Box
        component="pre"
        tabIndex={0}
        role="region"
        aria-label={label ?? t('markdown.code')}
        sx={{
          m: 0,
          p: 1.5,
          pr: 6,
          maxHeight: 360,
          overflow: 'auto',
          fontFamily: 'monospace',
          fontSize: 'body2.fontSize',
          whiteSpace: 'pre',
          bgcolor: 'action.hover',
          borderRadius: 1,
        }}
      >
        {text}
      </Box>
      <Tooltip title={name}>
        <IconButton
          size="small"
          aria-label={name}
          onClick={async () => {
            await navigator.clipboard.writeText(text);
            setCopied(true);
          }}
          sx={{ position: 'absolute', top: 4, right: 4 }}
        >
          {copied ? (
            <CheckIcon fontSize="small" />
          ) : (
            <ContentCopyIcon fontSize="small" />
          )}
        </IconButton>
      </Tooltip>
    </Box>
  );
}
