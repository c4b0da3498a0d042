import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EntityLink,
  StatusChip,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { Fact } from './Fact';
import { OutputView } from './OutputView';

/** The run that a step waits for, or the procedure it will run. */
export function SubProcedurePanel(props: { step: StepView }) {
  const { step } = props;
  const { childRun, calls, output } = step;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {calls && (
        <Fact name={t('subProcedure.procedure')}>
          <EntityLink entityRef={calls} />
        </Fact>
      )}
      {childRun && (
        <Box>
          <Box
            sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 0.5 }}
            component="p"
          >
            <AppLink to={links.run(childRun.runId)}>{childRun.title}</AppLink>
            <StatusChip status={childRun.status} size="small" />
          </Box>
          <Typography color="text.secondary">{childRun.headline}</Typography>
        </Box>
      )}
      {!childRun && step.status === 'running' && (
        <Typography color="text.secondary">
          {t('subProcedure.starting')}
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
