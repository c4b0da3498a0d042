import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView, StepView } from '@handrail/plugin-sop-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { EvidenceValues } from './EvidenceValues';
import { OutputView } from './OutputView';

/** Whether a step left something that an approver wants to see. */
function leftSomething(step: StepView): boolean {
  return (
    step.status === 'completed' &&
    (Object.keys(step.evidence ?? {}).length > 0 ||
      Boolean(step.comment) ||
      ((step.type === 'check' || step.type === 'action') &&
        step.output !== undefined))
  );
}

/** The change and the evidence of the steps before a decision. */
export function EarlierWork(props: { run: RunView; step: StepView }) {
  const { run, step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const position = run.steps.findIndex(one => one.id === step.id);
  const earlier = run.steps.slice(0, position).filter(leftSomething);
  return (
    <div>
      <Typography variant="subtitle1" component="h3" sx={{ mb: 1 }}>
        {t('panel.earlier')}
      </Typography>
      {earlier.length === 0 && (
        <Typography color="text.secondary">{t('panel.earlierNone')}</Typography>
      )}
      {earlier.map(one => (
        <Box
          key={one.id}
          sx={{ borderLeft: 2, borderColor: 'divider', pl: 1.5, mb: 1.5 }}
        >
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: 0.75,
              mb: 0.5,
              typography: 'body2',
            }}
          >
            <Typography component="h4" variant="subtitle2">
              {one.name}
            </Typography>
            {one.actors?.map(actor => (
              <PersonChip key={actor} entityRef={actor} />
            ))}
            {one.endedAt && <TimeStamp at={one.endedAt} />}
          </Box>
          <EvidenceValues step={one} />
          {one.comment && <Typography>{one.comment}</Typography>}
          {!one.evidence && one.output !== undefined && (
            <OutputView output={one.output} label={one.name} />
          )}
        </Box>
      ))}
    </div>
  );
}
