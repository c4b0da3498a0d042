import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView, StepView } from '@handrail/plugin-sop-common';
import {
  Glow,
  Markdown,
  PermitButton,
  StatusChip,
  useRunCommand,
  useIdentity,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode, RefObject, useCallback } from 'react';
import { isOpenTask } from '../../lib/currentStep';
import { sopTranslationRef } from '../../translation';
import { ApprovalPanel } from './ApprovalPanel';
import { AutomationPanel } from './AutomationPanel';
import { BlockedPanel } from './BlockedPanel';
import { BranchesPanel } from './BranchesPanel';
import { CommandError } from './CommandError';
import { DeadlineFacts } from './DeadlineFacts';
import { DoubtPanel } from './DoubtPanel';
import { EvidenceValues } from './EvidenceValues';
import { Explanation } from './Explanation';
import { GlassButton } from './GlassButton';
import { HandoffPanel } from './HandoffPanel';
import { ListenPanel } from './ListenPanel';
import { LockPanel } from './LockPanel';
import { ManualPanel } from './ManualPanel';
import { PolicyFacts } from './PolicyFacts';
import { StepFacts } from './StepFacts';
import { SubProcedurePanel } from './SubProcedurePanel';
import { TourPanel } from './TourPanel';
import { TrainingPanel } from './TrainingPanel';
import { PanelProps, StepCommand } from './types';
import { Votes } from './Votes';
import { WaitPanel } from './WaitPanel';

/** Props of {@link StepPanel}. */
export interface StepPanelProps {
  run: RunView;
  step: StepView;
  headingRef: RefObject<HTMLHeadingElement>;
  /** The reader's own command went through. */
  onDone(run: RunView): void;
}

/** What a task asks for, by its type. */
function openTask(props: PanelProps): ReactNode {
  switch (props.step.type) {
    case 'manual':
      return <ManualPanel {...props} />;
    case 'approval':
      return <ApprovalPanel {...props} />;
    case 'handoff':
      return <HandoffPanel {...props} />;
    case 'tour':
      return <TourPanel {...props} />;
    case 'action':
      return <DoubtPanel {...props} />;
    default:
      return null;
  }
}

/** The rest of a step: what it does by itself, or left behind. */
function record(run: RunView, step: StepView): ReactNode {
  switch (step.type) {
    case 'wait':
      return <WaitPanel step={step} />;
    case 'check':
    case 'action':
      return <AutomationPanel step={step} />;
    case 'parallel':
    case 'switch':
    case 'forEach':
      return <BranchesPanel run={run} step={step} />;
    case 'listen':
      return <ListenPanel step={step} />;
    case 'run':
      return <SubProcedurePanel step={step} />;
    case 'approval':
      return step.votes?.length ? <Votes step={step} /> : null;
    default:
      return <EvidenceValues step={step} />;
  }
}

/** The selected step of a run: what it asks, or what came of it. */
export function StepPanel(props: StepPanelProps) {
  const { run, step, headingRef, onDone } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const userRef = useIdentity()?.userEntityRef;
  const { mutateAsync, isPending, error } = useRunCommand(run.runId);
  const { id: stepId, version: taskVersion } = step;
  const send = useCallback(
    async (command: StepCommand) => {
      try {
        onDone(await mutateAsync({ ...command, stepId, taskVersion }));
        return true;
      } catch {
        // The panel shows the error of the mutation.
        return false;
      }
    },
    [mutateAsync, onDone, stepId, taskVersion],
  );
  const open = isOpenTask(step);
  const undone = run.steps.find(one => one.id === step.compensates);
  const panel: PanelProps = {
    run,
    step,
    send,
    pending: isPending,
    error,
    userRef,
  };

  return (
    <Glow on={step.status} component="section" aria-labelledby="sop-step-title">
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
      >
        <Typography
          id="sop-step-title"
          ref={headingRef}
          tabIndex={-1}
          variant="h5"
          component="h2"
          sx={{ m: 0, flex: '1 1 auto', overflowWrap: 'anywhere' }}
        >
          {step.name}
        </Typography>
        <StatusChip status={step.status} />
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {[
          t(`stepType.${step.type}`),
          step.roleTitle ?? step.role,
          step.attempt > 1 &&
            t('panel.attempt', { attempt: String(step.attempt) }),
          undone && t('panel.undoes', { name: undone.name }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      <StepFacts step={step} />
      <DeadlineFacts step={step} />
      {step.policies && <PolicyFacts policies={step.policies} />}
      {step.lock && <LockPanel lock={step.lock} />}
      {step.error && (
        <Alert severity="error" sx={{ mt: 2 }}>
          <AlertTitle>{t('panel.error')}</AlertTitle>
          <Box sx={{ overflowWrap: 'anywhere' }}>{step.error.message}</Box>
        </Alert>
      )}
      <Box sx={{ mt: 2, display: 'grid', gap: 2, '& > *': { minWidth: 0 } }}>
        {step.explanation ? (
          <Explanation reasons={step.explanation} />
        ) : (
          step.blocks && <BlockedPanel blocks={step.blocks} />
        )}
        {step.status === 'pending' && (
          <Typography color="text.secondary">{t('panel.notYet')}</Typography>
        )}
        {step.question && (
          <Box sx={{ typography: 'subtitle1', '& p': { m: 0, mb: 1 } }}>
            <Markdown content={step.question} />
          </Box>
        )}
        {step.instructions && <Markdown content={step.instructions} />}
        {open && step.type !== 'tour' && <TrainingPanel run={run} />}
        {open ? openTask(panel) : record(run, step)}
        {!open && step.comment && <Typography>{step.comment}</Typography>}
        {!open && <CommandError error={error} />}
        {step.breakGlass && (
          <Box>
            <GlassButton {...panel} />
          </Box>
        )}
        {step.retry && (
          <Box>
            <PermitButton
              variant="contained"
              permit={step.retry}
              pending={isPending}
              onClick={() => send({ type: 'retry' })}
            >
              {t('panel.retry')}
            </PermitButton>
          </Box>
        )}
      </Box>
    </Glow>
  );
}
