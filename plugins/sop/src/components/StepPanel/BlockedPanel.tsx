import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { TimeStamp } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** What keeps a step from beginning or going on, and until when. */
export function BlockedPanel(props: {
  blocks: NonNullable<StepView['blocks']>;
}) {
  const { blocks } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Alert severity="warning">
      <AlertTitle>{t('panel.blocked')}</AlertTitle>
      {blocks.map(block => (
        <Typography
          key={`${block.kind} ${block.sentence}`}
          variant="body2"
          sx={{ overflowWrap: 'anywhere' }}
        >
          {t('panel.because', { reason: block.sentence })}
          {block.until && (
            <>
              {'; '}
              {t(block.kind === 'window' ? 'panel.opens' : 'panel.until')}{' '}
              <TimeStamp at={block.until} />
            </>
          )}
          .
        </Typography>
      ))}
    </Alert>
  );
}
