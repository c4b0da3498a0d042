import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TaskItem } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EntityLink,
  Glow,
  PersonChip,
  RehearsalChip,
  StatusChip,
  TimeStamp,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { TaskDecision } from './TaskDecision';

/** Props of {@link TaskRow}. */
export interface TaskRowProps {
  task: TaskItem;
  /** It left the list while the reader was in it. */
  gone: boolean;
  done: boolean;
}

/** One task: what is asked, on what, by whom, until when; and the answer. */
export function TaskRow(props: TaskRowProps) {
  const { task, gone, done } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{ p: 2, mb: 1.5, opacity: gone ? 0.7 : 1 }}
    >
      <Glow on={task.version}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            justifyContent: 'space-between',
            columnGap: 2,
            rowGap: 0.5,
          }}
        >
          <Typography
            component="h2"
            variant="subtitle1"
            sx={{ m: 0, flex: '1 1 60%', overflowWrap: 'anywhere' }}
          >
            <AppLink to={links.run(task.runId, { step: task.stepId })}>
              {task.asked}
            </AppLink>
          </Typography>
          <Typography variant="body2" component="div">
            {done && task.outcome && <StatusWord outcome={task.outcome} />}{' '}
            {done && task.doneAt && <TimeStamp at={task.doneAt} />}
            {!done && task.dueAt && (
              <>
                {t('common.due')} <TimeStamp at={task.dueAt} deadline />
              </>
            )}
            {!done && !task.dueAt && (
              <>
                {t('common.since')} <TimeStamp at={task.since} />
              </>
            )}
          </Typography>
        </Box>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            columnGap: 1,
            rowGap: 0.5,
            color: 'text.secondary',
            typography: 'body2',
            mt: 0.5,
          }}
        >
          <span>{task.runTitle}</span>
          <RehearsalChip mode={task.mode} />
          {task.targetRef && (
            <>
              <span>{t('common.on')}</span>
              <EntityLink entityRef={task.targetRef} />
            </>
          )}
          <span>{t('common.by')}</span>
          <PersonChip entityRef={task.initiator} />
          {!done && task.through?.startsWith('group:') && (
            <>
              <span>{t('tasks.through')}</span>
              <PersonChip entityRef={task.through} />
            </>
          )}
        </Box>
        {!done && <TaskDecision task={task} gone={gone} />}
      </Glow>
    </Paper>
  );
}

const OUTCOMES: Record<string, string> = {
  approve: 'approve',
  approved: 'approve',
  reject: 'reject',
  rejected: 'reject',
  completed: 'completed',
  accepted: 'completed',
  failed: 'failed',
};

function StatusWord(props: { outcome: string }) {
  const known = OUTCOMES[props.outcome];
  return known ? <StatusChip status={known} /> : <>{props.outcome}</>;
}
