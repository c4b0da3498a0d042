import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloBurnDown } from '@handrail/plugin-slo-common';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine';
import { areaElementClasses, LineChart } from '@mui/x-charts/LineChart';
import { DateTime } from 'luxon';
import { useMemo } from 'react';
import { formatBudget, formatTick } from '../../lib/format';
import { sloTranslationRef } from '../../translation';

/** In pixels, so that nothing moves when the curve arrives. */
export const CHART_HEIGHT = 280;

const DAY = 86_400_000;

/** Budget left over the window; below zero it is overspent. */
export function BurnDownChart(props: { burnDown: SloBurnDown; label: string }) {
  const { burnDown, label } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const { palette } = useTheme();
  const { times, left, lowest, days } = useMemo(
    () => toCurve(burnDown),
    [burnDown],
  );
  return (
    // The sentence and the table say what the picture shows.
    <Box role="img" aria-label={label} sx={{ height: CHART_HEIGHT }}>
      <LineChart
        height={CHART_HEIGHT}
        skipAnimation
        hideLegend
        margin={{ top: 20, right: 24, bottom: 0, left: 0 }}
        grid={{ horizontal: true }}
        xAxis={[
          {
            data: times,
            scaleType: 'time',
            domainLimit: 'strict',
            tickLabelMinGap: 12,
            valueFormatter: (at: Date, context) =>
              DateTime.fromJSDate(at).toFormat(
                tickFormat(context.location, days),
              ),
          },
        ]}
        yAxis={[
          {
            width: lowest < -9 ? 76 : 58,
            domainLimit: 'strict',
            max: 1,
            min: lowest < 0 ? lowest * 1.05 : 0,
            valueFormatter: (part: number) => formatTick(part),
            colorMap: {
              type: 'piecewise',
              thresholds: [0],
              colors: [palette.error.main, palette.primary.main],
            },
          },
        ]}
        series={[
          {
            data: left,
            label: t('burnDown.left'),
            curve: 'linear',
            showMark: false,
            area: true,
            baseline: 0,
            valueFormatter: part => formatBudget(part),
          },
        ]}
        sx={{ [`& .${areaElementClasses.root}`]: { fillOpacity: 0.15 } }}
      >
        {lowest < 0 && (
          <ChartsReferenceLine
            y={0}
            lineStyle={{ stroke: palette.error.main, strokeDasharray: '4 4' }}
          />
        )}
      </LineChart>
    </Box>
  );
}

function toCurve({ from, points }: SloBurnDown) {
  const known = points.filter(({ remaining }) => remaining !== null);
  // The window begins with its whole budget.
  const times = [from, ...known.map(({ at }) => at)].map(at => new Date(at));
  const left = [1, ...known.map(({ remaining }) => remaining)];
  return {
    times,
    left,
    lowest: Math.min(...left.map(part => part ?? 1)),
    days: (times[times.length - 1].getTime() - times[0].getTime()) / DAY,
  };
}

function tickFormat(location: string, days: number): string {
  if (location !== 'tick') {
    return 'ccc d LLL, HH:mm';
  }
  return days > 2 ? 'd LLL' : 'HH:mm';
}
