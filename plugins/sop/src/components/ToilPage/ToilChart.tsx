import type { ToilItem } from '@handrail/plugin-sop-common';
import { formatDuration } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { BarChart } from '@mui/x-charts/BarChart';

const HOUR = 3_600_000;
const ROW_HEIGHT = 36;

/** Steps in the picture; the table has all of them. */
const MOST = 10;

/** What manual steps cost per month, as bars. The table says the same. */
export function ToilChart(props: { items: ToilItem[]; label: string }) {
  const { items, label } = props;
  const shown = items
    .filter(item => item.manual?.activePerMonthMs)
    .slice(0, MOST);
  if (shown.length === 0) {
    return null;
  }
  const height = shown.length * ROW_HEIGHT + 60;
  return (
    <Box role="img" aria-label={label} sx={{ height, mb: 2 }}>
      <BarChart
        layout="horizontal"
        height={height}
        skipAnimation
        hideLegend
        yAxis={[
          {
            scaleType: 'band',
            data: shown.map(item => item.stepName),
            width: 140,
          },
        ]}
        xAxis={[{ valueFormatter: (hours: number) => `${hours} h` }]}
        series={[
          {
            label,
            data: shown.map(
              item => (item.manual?.activePerMonthMs ?? 0) / HOUR,
            ),
            valueFormatter: hours => formatDuration((hours ?? 0) * HOUR),
          },
        ]}
      />
    </Box>
  );
}
