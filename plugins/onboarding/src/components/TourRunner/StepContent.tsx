import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TourView } from '@handrail/plugin-onboarding-common';
import { Markdown } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { onboardingTranslationRef } from '../../translation';

/**
 * A second net: the catalog takes no tour with HTML or images, and none is drawn
 * whatever arrives.
 */
function withoutHtml(markdown: string): string {
  return markdown.replace(/<(?=[a-z!/?])/gi, '&lt;').replace(/!\[/g, '!&#91;');
}

/** Props of {@link StepContent}. */
export interface StepContentProps {
  step: TourView['steps'][number];
  isMissing: boolean;
  isNarrow: boolean;
  /** Why progress could not be saved. */
  problem?: string;
}

/** What a step says, and what to do where its target is not there. */
export function StepContent(props: StepContentProps) {
  const { step, isMissing, isNarrow, problem } = props;
  const { t } = useTranslationRef(onboardingTranslationRef);
  return (
    <>
      <Markdown content={withoutHtml(step.body)} />
      {isMissing && (
        <Alert severity="warning" variant="outlined" sx={{ mt: 1 }}>
          {t('tour.missing')}{' '}
          {isNarrow ? t('tour.missingNarrow') : t('tour.missingReported')}{' '}
          {step.fallback && t('tour.instead', { text: step.fallback })}
        </Alert>
      )}
      {!isMissing && step.hint && (
        <Typography sx={{ mt: 1, fontWeight: 600 }}>{step.hint}</Typography>
      )}
      {!isMissing && step.advanceOn && (
        <Typography variant="body2" sx={{ mt: 1 }}>
          {t('tour.useTarget')}
        </Typography>
      )}
      {problem && (
        <Alert severity="error" variant="outlined" sx={{ mt: 1 }}>
          {t('tour.notSaved', { message: problem })}
        </Alert>
      )}
    </>
  );
}
