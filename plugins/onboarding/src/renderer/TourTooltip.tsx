import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { visuallyHidden } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { onboardingTranslationRef } from '../translation';
import { TourRendererProps } from './types';

/** Pixels; less on a phone. */
const WIDTH = 380;

/**
 * The box of a step. Focus goes to its heading, so that a screen reader begins
 * to read where the news is.
 */
export function TourTooltip(props: TourRendererProps) {
  const { step, index, total, onBack, onNext, onEnd } = props;
  const { t } = useTranslationRef(onboardingTranslationRef);
  const heading = useRef<HTMLHeadingElement>(null);
  const isLast = index === total - 1;
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [step.id]);

  const count = t('tour.step', {
    step: String(index + 1),
    total: String(total),
  });
  return (
    <Paper
      role="dialog"
      aria-labelledby="onboarding-tour-title"
      aria-describedby="onboarding-tour-body"
      aria-modal={step.leavesPageUsable ? undefined : true}
      elevation={8}
      sx={{
        width: `min(${WIDTH}px, calc(100vw - 24px))`,
        maxHeight: 'calc(100vh - 24px)',
        overflowY: 'auto',
        p: 2,
        boxSizing: 'border-box',
        border: 1,
        borderColor: 'divider',
      }}
    >
      <Typography
        id="onboarding-tour-title"
        ref={heading}
        tabIndex={-1}
        variant="h6"
        component="h2"
        sx={{ m: 0, mb: 1, overflowWrap: 'anywhere' }}
      >
        {step.title}
      </Typography>
      <Box id="onboarding-tour-body" sx={{ typography: 'body1' }}>
        {step.content}
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1.5 }}>
        {count}
      </Typography>
      <Box aria-live="polite" sx={visuallyHidden}>
        {count}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
        <Button onClick={onEnd}>{t('tour.end')}</Button>
        <Box sx={{ flex: 1 }} />
        {onBack && (
          <Button variant="outlined" onClick={onBack}>
            {t('tour.back')}
          </Button>
        )}
        {onNext && (
          <Button variant="contained" onClick={onNext}>
            {isLast ? t('tour.finish') : t('tour.next')}
          </Button>
        )}
      </Box>
    </Paper>
  );
}
