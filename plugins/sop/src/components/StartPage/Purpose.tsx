import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Markdown } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { purposeOf } from '../../lib/procedure';
import { sopTranslationRef } from '../../translation';

/**
 * What a procedure is for. Long descriptions show their first paragraph, so that
 * what is asked for stays in the first screen.
 */
export function Purpose(props: { description: string }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const [open, setOpen] = useState(false);
  const text = props.description.trim();
  if (open || !/\n\s*\n/.test(text)) {
    return <Markdown content={text} />;
  }
  return (
    <Box>
      <Typography>{purposeOf(text)}</Typography>
      <Button size="small" sx={{ ml: -0.5 }} onClick={() => setOpen(true)}>
        {t('start.readAll')}
      </Button>
    </Box>
  );
}
