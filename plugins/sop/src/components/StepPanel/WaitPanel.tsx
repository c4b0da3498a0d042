import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { formatExact, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** A wait that counts down. */
export function WaitPanel(props: { step: StepView }) {
  const { step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  if (step.status !== 'running' || !step.dueAt) {
    return null;
  }
  return (
    <Box sx={{ textAlign: 'center', py: 2 }}>
      <Typography color="text.secondary">{t('panel.waitEnds')}</Typography>
      <Typography variant="h4" component="p" sx={{ m: 0 }}>
        <TimeStamp at={step.dueAt} deadline />
      </Typography>
      <Typography color="text.secondary">
        {t('panel.waitAt', { time: formatExact(step.dueAt) })}
      </Typography>
    </Box>
  );
}
