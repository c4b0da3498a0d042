import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { isOpenTask } from '../../lib/currentStep';
import { sopTranslationRef } from '../../translation';
import { Fact } from './Fact';

type Deadline = NonNullable<StepView['deadline']>;

/** Who is told, or may do it as well, when a task takes too long. */
function Escalations(props: {
  escalations: NonNullable<Deadline['escalations']>;
}) {
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
      {props.escalations.map(({ to, action, at, done, after }) => (
        <Typography
          key={`${after} ${action} ${to.join()}`}
          component="li"
          variant="body2"
        >
          {t(done ? `panel.escalated.${action}` : `panel.escalates.${action}`)}{' '}
          {to.map(ref => (
            <PersonChip key={ref} entityRef={ref} />
          ))}{' '}
          {at && <TimeStamp at={at} />}
        </Typography>
      ))}
    </Box>
  );
}

/** When an open task is due, what was missed, and what comes next. */
export function DeadlineFacts(props: { step: StepView }) {
  const { step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const { deadline, reminders } = step;
  if (!isOpenTask(step) || (!deadline && !reminders?.length)) {
    return null;
  }
  const ends = deadline?.onTimeout;
  return (
    <Box sx={{ display: 'grid', gap: 0.75 }}>
      {deadline?.startBy && !step.claimedBy && (
        <Fact name={t('panel.startBy')}>
          <TimeStamp at={deadline.startBy} deadline />
        </Fact>
      )}
      {deadline?.completeBy && (
        <Fact name={t('panel.completeBy')}>
          <TimeStamp at={deadline.completeBy} deadline />
          {ends && ends !== 'none' && (
            <span>{t(`panel.onTimeout.${ends}`)}</span>
          )}
        </Fact>
      )}
      {reminders?.map(({ branch, nextAt }) => (
        <Fact key={branch ?? ''} name={t('panel.reminder')}>
          <TimeStamp at={nextAt} />
        </Fact>
      ))}
      {deadline?.escalations && (
        <Escalations escalations={deadline.escalations} />
      )}
    </Box>
  );
}
