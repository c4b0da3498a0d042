import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloBurnDown } from '@handrail/plugin-slo-common';
import { formatDuration, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { DateTime } from 'luxon';
import { useMemo } from 'react';
import { formatCost, formatCount } from '../../lib/format';
import { findSpending, Spending } from '../../lib/spending';
import { sloTranslationRef } from '../../translation';

/** The stretches that cost most, most expensive first. */
export function SpendingList({ burnDown }: { burnDown: SloBurnDown }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const { spans, rest } = useMemo(() => findSpending(burnDown), [burnDown]);
  const restCost = formatCost(rest);
  if (spans.length === 0) {
    return (
      <Typography color="text.secondary">
        {rest > 0
          ? t('spending.background', { cost: restCost })
          : t('spending.nothing')}
      </Typography>
    );
  }
  return (
    <>
      <Box
        component="ol"
        aria-label={t('spending.caption')}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {spans.map(span => (
          <Span key={span.from} span={span} />
        ))}
      </Box>
      {rest > 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {t('spending.rest', { cost: restCost })}
        </Typography>
      )}
    </>
  );
}

function Span({ span }: { span: Spending }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const { from, to, bad, total, consumed } = span;
  const begin = DateTime.fromISO(from);
  return (
    <Box
      component="li"
      sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider' }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          justifyContent: 'space-between',
          columnGap: 2,
        }}
      >
        <Typography component="span">
          {begin.toFormat('ccc d LLL, HH:mm')}{' '}
          <Typography variant="body2" component="span" color="text.secondary">
            {t('spending.lasted', {
              duration: formatDuration(
                DateTime.fromISO(to).toMillis() - begin.toMillis(),
              ),
            })}
          </Typography>
        </Typography>
        <Typography component="span" sx={{ fontWeight: 'fontWeightBold' }}>
          {t('spending.costValue', { cost: formatCost(consumed) })}
        </Typography>
      </Box>
      <Typography variant="body2" color="text.secondary" component="div">
        {t('spending.events', {
          bad: formatCount(bad),
          total: formatCount(total),
        })}
        {', '}
        <TimeStamp at={from} />
      </Typography>
    </Box>
  );
}
