import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepInsight } from '@handrail/plugin-sop-common';
import {
  DataTable,
  EmptyState,
  EntityLink,
  ErrorState,
  formatDuration,
  Loading,
  useStepInsight,
} from '@handrail/plugin-sop-react';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

const skippedShare = (step: StepInsight) => {
  const all = step.completed + step.failed + step.skipped;
  return all ? step.skipped / all : 0;
};

/** How long the steps of one procedure take, the most skipped first. */
export function StepInsightSection(props: {
  sopRef: string;
  byTeam: boolean;
  onByTeam(byTeam: boolean): void;
}) {
  const { sopRef, byTeam, onByTeam } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const query = useStepInsight({ sopRef, byTeam: byTeam || undefined });
  if (query.isPending) {
    return <Loading shape="list" />;
  }
  if (query.error) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const duration = (millis: number | undefined) =>
    millis === undefined ? t('common.none') : formatDuration(millis);
  const steps = [...query.data.items].sort(
    (a, b) => skippedShare(b) - skippedShare(a),
  );
  return (
    <>
      <Typography variant="h5" component="h2" sx={{ mt: 4, mb: 1 }}>
        {t('stepInsight.title')}
      </Typography>
      <FormControlLabel
        control={
          <Switch
            checked={byTeam}
            onChange={(_, checked) => onByTeam(checked)}
          />
        }
        label={t('stepInsight.byTeam')}
      />
      {steps.length === 0 ? (
        <EmptyState title={t('stepInsight.emptyTitle')}>
          {t('stepInsight.empty')}
        </EmptyState>
      ) : (
        <DataTable<StepInsight>
          caption={t('stepInsight.caption')}
          rows={steps}
          rowKey={step => `${step.stepId} ${step.stepType} ${step.team}`}
          columns={[
            {
              id: 'step',
              title: t('common.step'),
              render: step => step.stepName,
            },
            ...(byTeam
              ? [
                  {
                    id: 'team',
                    title: t('stepInsight.team'),
                    render: (step: StepInsight) =>
                      step.team ? <EntityLink entityRef={step.team} /> : null,
                  },
                ]
              : []),
            {
              id: 'skipped',
              title: t('stepInsight.skipped'),
              render: step =>
                t('stepInsight.share', {
                  part: String(step.skipped),
                  percent: String(Math.round(skippedShare(step) * 100)),
                }),
            },
            {
              id: 'completed',
              title: t('stepInsight.completed'),
              render: step => step.completed,
            },
            {
              id: 'median',
              title: t('stepInsight.median'),
              render: step => duration(step.medianMs),
            },
            {
              id: 'p90',
              title: t('stepInsight.p90'),
              render: step => duration(step.p90Ms),
            },
            {
              id: 'active',
              title: t('stepInsight.active'),
              render: step => duration(step.medianActiveMs),
            },
          ]}
        />
      )}
    </>
  );
}
