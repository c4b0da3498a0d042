import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ToilItem } from '@handrail/plugin-sop-common';
import {
  DataTable,
  EntityLink,
  formatDuration,
} from '@handrail/plugin-sop-react';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** Manual steps, the costliest first, with what automating them has saved. */
export function ToilTable(props: { items: ToilItem[] }) {
  const { items } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const duration = (millis: number | undefined) =>
    millis === undefined ? t('toil.notMeasured') : formatDuration(millis);
  return (
    <DataTable<ToilItem>
      caption={t('toil.caption')}
      rows={items}
      rowKey={item => `${item.sopRef} ${item.stepId}`}
      columns={[
        {
          id: 'step',
          title: t('common.step'),
          render: item => (
            <>
              {item.stepName}
              <Typography variant="body2" component="div">
                <EntityLink entityRef={item.sopRef} />
              </Typography>
            </>
          ),
        },
        {
          id: 'cost',
          title: t('toil.cost'),
          render: item => duration(item.manual?.activePerMonthMs),
        },
        {
          id: 'each',
          title: t('toil.each'),
          render: item => duration(item.manual?.activeMs),
        },
        {
          id: 'often',
          title: t('toil.often'),
          render: item => item.manual?.perMonth ?? 0,
        },
        {
          id: 'measured',
          title: t('toil.measured'),
          render: item =>
            t('toil.measuredOf', {
              measured: String(item.manual?.measured ?? 0),
              all: String(item.manual?.count ?? 0),
            }),
        },
        {
          id: 'automated',
          title: t('toil.automated'),
          render: item =>
            item.automated
              ? t('toil.after', {
                  times: String(item.automated.count),
                  each: duration(item.automated.activeMs),
                  saved: duration(item.savedPerMonthMs),
                })
              : t('toil.notYet'),
        },
      ]}
    />
  );
}
