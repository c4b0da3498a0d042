import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CommandBody, TaskItem } from '@handrail/plugin-sop-common';
import {
  AppLink,
  PermitButton,
  useRunCommand,
  useSopLinks,
  useTourLink,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { Answer, AnswerForm } from './AnswerForm';

/** Props of {@link TaskDecision}. */
export interface TaskDecisionProps {
  task: TaskItem;
  gone: boolean;
}

function commandOf(
  task: TaskItem,
  answer: Answer,
  words: string | undefined,
): CommandBody {
  const at = { stepId: task.stepId, taskVersion: task.version };
  switch (answer) {
    case 'approve':
    case 'reject':
      return { ...at, type: 'vote', decision: answer, reason: words };
    case 'accept':
      return { ...at, type: 'accept', comment: words };
    default:
      return { ...at, type: 'return', reason: words };
  }
}

/**
 * Deciding from the list: one click opens the reason in place, the second one
 * confirms. Tasks that ask for evidence lead to the run.
 */
export function TaskDecision(props: TaskDecisionProps) {
  const { task, gone } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const tourLink = useTourLink();
  const [answer, setAnswer] = useState<Answer>();
  const [answered, setAnswered] = useState<Answer>();
  const { mutate, isPending, error, reset } = useRunCommand(task.runId);
  const outcome = useRef<HTMLParagraphElement>(null);
  const opener = useRef<HTMLButtonElement | null>(null);

  useEffect(() => {
    if (answered) {
      outcome.current?.focus();
    }
  }, [answered]);

  if (answered) {
    const said = {
      approve: t('tasks.approved'),
      reject: t('tasks.rejected'),
      accept: t('tasks.accepted'),
      return: t('tasks.returned'),
    }[answered];
    return (
      <Typography ref={outcome} tabIndex={-1} role="status" sx={{ mt: 1 }}>
        {said}
      </Typography>
    );
  }
  if (gone && !answer) {
    return (
      <Typography role="status" color="text.secondary" sx={{ mt: 1 }}>
        {t('tasks.gone')}
      </Typography>
    );
  }
  if (answer) {
    return (
      <AnswerForm
        answer={answer}
        needsReason={
          answer === 'return' ||
          (answer !== 'accept' &&
            ((task.reasonRule ?? 'always') === 'always' ||
              (task.reasonRule === 'on-reject' && answer === 'reject')))
        }
        pending={isPending}
        error={error}
        onCancel={() => {
          setAnswer(undefined);
          reset();
          requestAnimationFrame(() => opener.current?.focus());
        }}
        onConfirm={words =>
          mutate(commandOf(task, answer, words), {
            onSuccess: () => setAnswered(answer),
          })
        }
      />
    );
  }

  const inPlace: Record<string, Answer[]> = {
    approval: ['approve', 'reject'],
    handoff: ['accept', 'return'],
  };
  const answers = task.hasEvidence ? [] : inPlace[task.stepType] ?? [];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
      {answers.map((one, index) => (
        <PermitButton
          key={one}
          size="small"
          variant={index === 0 ? 'contained' : 'outlined'}
          permit={task.act ?? { allowed: true }}
          aria-label={`${t(`panel.${one}`)}: ${task.asked}`}
          onClick={event => {
            opener.current = event.currentTarget;
            setAnswer(one);
          }}
        >
          {t(`panel.${one}`)}
        </PermitButton>
      ))}
      {answers.length === 0 ? (
        <Button
          size="small"
          variant="contained"
          component={AppLink}
          to={
            task.tour
              ? tourLink(task.tour)
              : links.run(task.runId, { step: task.stepId })
          }
          aria-label={
            task.tour ? task.asked : t('tasks.workNamed', { name: task.asked })
          }
        >
          {task.tour ? t('panel.takeTour') : t('tasks.work')}
        </Button>
      ) : null}
      {task.act && !task.act.allowed && task.act.reason && (
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ flex: '1 1 100%' }}
        >
          {task.act.reason}
        </Typography>
      )}
    </Box>
  );
}
