import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { isOpenTask, isOver } from '../../lib/currentStep';
import { sopTranslationRef } from '../../translation';
import { Fact } from './Fact';

/** Who is asked, who did it, since when and until when. */
export function StepFacts(props: { step: StepView }) {
  const { step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const open = isOpenTask(step);
  const owners = step.potentialOwners ?? [];
  const actors = step.actors ?? [];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.75 }}>
      {open && step.claimedBy && (
        <Fact name={t('panel.claimedBy')}>
          <PersonChip entityRef={step.claimedBy} />
        </Fact>
      )}
      {open && !step.claimedBy && owners.length > 0 && (
        <Fact name={t('panel.askedOf')}>
          {owners.map(owner => (
            <PersonChip key={owner} entityRef={owner} />
          ))}
        </Fact>
      )}
      {!open && actors.length > 0 && (
        <Fact name={t('panel.doneBy')}>
          {actors.map(actor => (
            <PersonChip key={actor} entityRef={actor} />
          ))}
        </Fact>
      )}
      {!isOver(step) && step.windows && (
        <Fact name={t('panel.windows')}>
          <span>{step.windows.join(', ')}</span>
        </Fact>
      )}
      {step.maxAge && (
        <Fact name={t('panel.maxAge')}>
          <span>{step.maxAge}</span>
        </Fact>
      )}
      {!isOver(step) && step.startedAt && (
        <Fact name={t('panel.started')}>
          <TimeStamp at={step.startedAt} />
        </Fact>
      )}
      {open && step.dueAt && !step.deadline && (
        <Fact name={t('common.due')}>
          <TimeStamp at={step.dueAt} deadline />
        </Fact>
      )}
      {isOver(step) && step.endedAt && (
        <Fact name={t('panel.ended')}>
          <TimeStamp at={step.endedAt} />
        </Fact>
      )}
    </Box>
  );
}
