import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { formatExact, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { GuardPanel } from './GuardPanel';

/** A wait that counts down, and what must hold meanwhile. */
export function WaitPanel(props: { step: StepView }) {
  const { step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const guard = step.guard && <GuardPanel guard={step.guard} />;
  if (step.status !== 'running' || !step.dueAt) {
    return step.guard?.last ? <>{guard}</> : null;
  }
  return (
    <>
      <Box sx={{ textAlign: 'center', py: 2 }}>
        <Typography color="text.secondary">{t('panel.waitEnds')}</Typography>
        <Typography variant="h4" component="p" sx={{ m: 0 }}>
          <TimeStamp at={step.dueAt} deadline />
        </Typography>
        <Typography color="text.secondary">
          {t('panel.waitAt', { time: formatExact(step.dueAt) })}
        </Typography>
      </Box>
      {guard}
    </>
  );
}
