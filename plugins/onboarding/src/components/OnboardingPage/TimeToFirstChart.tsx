import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DurationBin } from '@handrail/plugin-onboarding-common';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { BarChart } from '@mui/x-charts/BarChart';
import { onboardingTranslationRef } from '../../translation';
import { useBinWords } from './TimeToFirstCard';

/** Pixels. */
const HEIGHT = 260;

/**
 * People by time, those who are not there yet on top of those who are. The
 * table beside it holds the same numbers.
 */
export default function TimeToFirstChart(props: {
  bins: readonly DurationBin[];
}) {
  const { bins } = props;
  const { t } = useTranslationRef(onboardingTranslationRef);
  const theme = useTheme();
  const words = useBinWords();
  return (
    <Box role="img" aria-label={t('insight.chart')} sx={{ minWidth: 0 }}>
      <BarChart
        height={HEIGHT}
        skipAnimation
        series={[
          {
            data: bins.map(bin => bin.reached),
            label: t('insight.reached'),
            stack: 'people',
            color: theme.palette.primary.main,
          },
          {
            data: bins.map(bin => bin.waiting),
            label: t('insight.waiting'),
            stack: 'people',
            color: theme.palette.text.disabled,
          },
        ]}
        xAxis={[{ scaleType: 'band', data: bins.map(words.bin) }]}
        yAxis={[{ label: t('insight.people'), tickMinStep: 1 }]}
      />
    </Box>
  );
}
