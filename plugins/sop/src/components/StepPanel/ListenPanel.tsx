import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { Fact } from './Fact';
import { OutputView } from './OutputView';

/** What a step waits for from elsewhere, or what came. */
export function ListenPanel(props: { step: StepView }) {
  const { topic, status, dueAt, output } = props.step;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {topic && (
        <Fact name={t('listen.topic')}>
          <Box component="code" sx={{ fontFamily: 'monospace' }}>
            {topic}
          </Box>
        </Fact>
      )}
      {status === 'running' && (
        <Typography color="text.secondary">
          {t('listen.waiting')}{' '}
          {dueAt && (
            <>
              {t('listen.until')} <TimeStamp at={dueAt} deadline />
            </>
          )}
        </Typography>
      )}
      {output !== undefined && output !== null && (
        <div>
          <Typography variant="subtitle2" component="h3">
            {t('panel.output')}
          </Typography>
          <OutputView label={t('panel.output')} output={output} />
        </div>
      )}
    </Box>
  );
}
