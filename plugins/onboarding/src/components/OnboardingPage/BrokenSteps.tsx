import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { BrokenStep, TourView } from '@handrail/plugin-onboarding-common';
import {
  DataColumn,
  DataTable,
  TimeStamp,
  TitledCard,
} from '@handrail/plugin-sop-react';
import Typography from '@mui/material/Typography';
import { useBrokenSteps } from '../../lib/useOnboarding';
import { onboardingTranslationRef } from '../../translation';

/**
 * Steps whose targets people did not find. Absent while there are none, and for
 * readers who may not see it.
 */
export function BrokenSteps({ tours }: { tours: readonly TourView[] }) {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const { data: steps } = useBrokenSteps();
  if (!steps?.length) {
    return null;
  }
  const title = (ref: string) =>
    tours.find(tour => tour.tourRef === ref)?.title ?? ref;
  const columns: DataColumn<BrokenStep>[] = [
    { id: 'tour', title: t('broken.tour'), render: one => title(one.tourRef) },
    { id: 'step', title: t('broken.step'), render: one => one.stepId },
    { id: 'target', title: t('broken.target'), render: one => one.target },
    { id: 'reports', title: t('broken.reports'), render: one => one.reports },
    {
      id: 'last',
      title: t('broken.last'),
      render: one => <TimeStamp at={one.lastSeenAt} />,
    },
  ];
  return (
    <TitledCard title={t('broken.title')}>
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {t('broken.intro')}
      </Typography>
      <DataTable
        caption={t('broken.caption')}
        columns={columns}
        rows={steps}
        rowKey={one => `${one.tourRef} ${one.stepId}`}
      />
    </TitledCard>
  );
}
