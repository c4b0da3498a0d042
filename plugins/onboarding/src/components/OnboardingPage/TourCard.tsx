import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TourView } from '@handrail/plugin-onboarding-common';
import { StatusIcon, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { onboardingTranslationRef } from '../../translation';

/** Props of {@link TourCard}. */
export interface TourCardProps {
  tour: TourView;
  onStart(options: { restart: boolean }): void;
}

type Stage = 'notBegun' | 'underWay' | 'finished';

function stageOf({ progress, version }: TourView): Stage {
  if (progress?.status === 'started' && progress.version === version) {
    return 'underWay';
  }
  return progress?.finishedAt ? 'finished' : 'notBegun';
}

const SIGN: Record<Stage, string> = {
  notBegun: 'pending',
  underWay: 'running',
  finished: 'completed',
};

/** A tour, how far the reader is in it, and the button that begins it. */
export function TourCard(props: TourCardProps) {
  const { tour, onStart } = props;
  const { title, description, minutes, steps, progress, tourRef } = tour;
  const { t } = useTranslationRef(onboardingTranslationRef);
  const stage = stageOf(tour);
  const at = steps.findIndex(step => step.id === progress?.stepId);
  const isOld =
    stage === 'finished' && progress?.finishedVersion !== tour.version;
  const button = {
    notBegun: [t('page.start'), t('page.startNamed', { name: title })],
    underWay: [t('page.continue'), t('page.continueNamed', { name: title })],
    finished: [t('page.again'), t('page.againNamed', { name: title })],
  }[stage];
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1 }}
    >
      <Typography variant="h6" component="h3" sx={{ m: 0 }}>
        {title}
      </Typography>
      {description && (
        <Typography color="text.secondary">{description}</Typography>
      )}
      <Typography variant="body2" color="text.secondary">
        {[
          t('page.steps', { count: steps.length }),
          minutes && t('page.minutes', { count: minutes }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      <Box sx={{ flex: 1 }} />
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
      >
        <StatusIcon status={SIGN[stage]} fontSize="small" />
        <Typography variant="body2" component="div" sx={{ flex: '1 1 auto' }}>
          {stage === 'notBegun' && t('page.notBegun')}
          {stage === 'underWay' &&
            t('page.reached', {
              step: String(at + 1),
              total: String(steps.length),
            })}
          {stage === 'finished' && progress?.finishedAt && (
            <>
              {t('page.finished')} <TimeStamp at={progress.finishedAt} />
            </>
          )}{' '}
          {isOld && t('page.newVersion')}
        </Typography>
        <Button
          id={`onboarding-start-${tourRef}`}
          variant={stage === 'finished' ? 'outlined' : 'contained'}
          aria-label={button[1]}
          onClick={() => onStart({ restart: stage === 'finished' })}
        >
          {button[0]}
        </Button>
      </Box>
    </Paper>
  );
}
