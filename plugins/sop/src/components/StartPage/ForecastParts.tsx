import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Simulation } from '@handrail/plugin-sop-common';
import {
  Loading,
  PersonChip,
  TimeStamp,
  useErrorMessage,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

type Step = Simulation['steps'][number];

/** When it is over, or why not, and every window it meets on the way. */
export function ForecastSummary(props: {
  simulation: Simulation | undefined;
  error: Error | null;
}) {
  const { simulation, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const message = useErrorMessage();
  if (error) {
    return (
      <Alert severity="info" sx={{ mb: 1 }}>
        {t('start.noForecast', { reason: message(error) })}
      </Alert>
    );
  }
  if (!simulation) {
    return <Loading count={1} />;
  }
  const { finishesAt, outcome, reason, assumed } = simulation;
  const ends = outcome === 'completed' && finishesAt;
  const meets = simulation.steps.filter(step => step.blocks.length > 0);
  return (
    <Box sx={{ mb: 1.5 }} aria-live="polite">
      {ends ? (
        <Typography sx={{ fontWeight: 'fontWeightBold' }}>
          {t('start.finishes')} <TimeStamp at={finishesAt} />
        </Typography>
      ) : (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {reason ? t('start.stuck', { reason }) : t('start.stuckPlain')}
        </Alert>
      )}
      {meets.map(step => (
        <Alert key={step.stepId} severity="warning" sx={{ my: 0.5 }}>
          {step.blocks.map(block => (
            <div key={block.sentence}>
              {t('start.meets', {
                number: String(step.number),
                name: step.name,
                reason: block.sentence,
              })}{' '}
              {block.until ? (
                <>
                  {t('start.until')} <TimeStamp at={block.until} />
                </>
              ) : (
                t('start.noEnd')
              )}
            </div>
          ))}
        </Alert>
      ))}
      <Typography variant="caption" color="text.secondary" component="div">
        {t('start.assumes')}
        {assumed.length > 0 &&
          ` ${t('start.assumed', { list: assumed.join(', ') })}`}
      </Typography>
    </Box>
  );
}

/** When a step begins, who may act on it, and what policies add. */
export function ForecastStep(props: { step: Step | undefined }) {
  const { step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  if (!step) {
    return null;
  }
  const { beginsAt, people, policies } = step;
  const { required = 1 } = people ?? {};
  return (
    <Typography
      variant="body2"
      color="text.secondary"
      component="div"
      sx={{ overflowWrap: 'anywhere' }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 1,
          alignItems: 'center',
        }}
      >
        {beginsAt && (
          <span>
            {t('start.begins')} <TimeStamp at={beginsAt} />
          </span>
        )}
        {people && (
          <span>
            {t('start.available', { count: people.eligible.length })}
            {required > 1 &&
              `, ${t('start.needed', { required: String(required) })}`}
          </span>
        )}
        {people?.excluded.map(({ ref, reason }) => (
          <Box
            component="span"
            key={ref}
            sx={{ display: 'inline-flex', gap: 0.5, alignItems: 'center' }}
          >
            <PersonChip entityRef={ref} /> {reason}
          </Box>
        ))}
      </Box>
      {policies.map(text => (
        <div key={text}>{text}</div>
      ))}
    </Typography>
  );
}
