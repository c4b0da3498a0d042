import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { Fact } from './Fact';
import { OutputView } from './OutputView';

/** What a check or an action does and gave back. */
export function AutomationPanel(props: { step: StepView }) {
  const { step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: 'minmax(0, 1fr)',
      }}
    >
      {step.action && (
        <Fact name={t('panel.action')}>
          <Box
            component="code"
            sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}
          >
            {step.action}
          </Box>
        </Fact>
      )}
      {step.status === 'running' && (
        <>
          <LinearProgress aria-label={t('panel.working')} />
          <Typography color="text.secondary">
            {t('panel.working')}{' '}
            {step.dueAt && <TimeStamp at={step.dueAt} deadline />}
          </Typography>
        </>
      )}
      {step.output !== undefined && step.output !== null && (
        <div>
          <Typography variant="subtitle2" component="h3">
            {t('panel.output')}
          </Typography>
          <OutputView label={t('panel.output')} output={step.output} />
        </div>
      )}
    </Box>
  );
}
