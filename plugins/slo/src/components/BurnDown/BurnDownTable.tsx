import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloBurnDown } from '@handrail/plugin-slo-common';
import { DataColumn, DataTable } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { DateTime } from 'luxon';
import { useMemo } from 'react';
import { formatBudget, formatCount } from '../../lib/format';
import { BurnDownRow, toRows } from '../../lib/spending';
import { sloTranslationRef } from '../../translation';

const minute = (at: string) => DateTime.fromISO(at).toFormat('d LLL, HH:mm');

/** The numbers behind the curve, latest first. */
export function BurnDownTable({ burnDown }: { burnDown: SloBurnDown }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const rows = useMemo(() => toRows(burnDown), [burnDown]);
  const columns: DataColumn<BurnDownRow>[] = [
    {
      id: 'from',
      title: t('burnDown.from'),
      render: ({ from }) => minute(from),
    },
    { id: 'to', title: t('burnDown.to'), render: ({ to }) => minute(to) },
    {
      id: 'left',
      title: t('slo.left'),
      render: ({ remaining }) => formatBudget(remaining),
    },
    {
      id: 'bad',
      title: t('burnDown.bad'),
      render: ({ bad }) => formatCount(bad),
    },
    {
      id: 'total',
      title: t('burnDown.total'),
      render: ({ total }) => formatCount(total),
    },
  ];
  return (
    <Box sx={{ mt: 1 }}>
      <DataTable
        caption={t('burnDown.caption')}
        columns={columns}
        rows={rows}
        rowKey={({ to }) => to}
      />
    </Box>
  );
}
