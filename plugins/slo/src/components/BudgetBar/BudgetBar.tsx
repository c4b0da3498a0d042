import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloStatus } from '@handrail/plugin-slo-common';
import { Glow } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { formatBudget } from '../../lib/format';
import { sloTranslationRef } from '../../translation';

/** Colour tokens; the number and the status say the same in words. */
const COLOUR: Record<SloStatus, string> = {
  healthy: 'success.main',
  caution: 'warning.main',
  exhausted: 'error.main',
  'no-data': 'text.disabled',
  unknown: 'text.disabled',
};

/** Props of {@link BudgetBar}. */
export interface BudgetBarProps {
  /** Part of the budget that is left; null when it is not known. */
  remaining: number | null;
  status: SloStatus;
  /** The number large, above the bar. */
  large?: boolean;
}

/**
 * Budget left as a number and a bar. An overspent budget is a striped bar, one
 * that is not known an empty dashed one: neither looks like a zero.
 */
export function BudgetBar(props: BudgetBarProps) {
  const { remaining, status, large = false } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const budget = formatBudget(remaining);
  const unknown =
    status === 'no-data' ? t('common.noData') : t('common.notKnown');
  return (
    <Box
      sx={{
        display: 'flex',
        flexDirection: large ? 'column' : 'row',
        alignItems: large ? 'stretch' : 'center',
        gap: large ? 0.5 : 1.5,
        minWidth: 150,
      }}
    >
      <Glow on={budget} sx={{ minWidth: large ? undefined : '8ch' }}>
        <Typography
          variant={large ? 'h3' : 'body2'}
          component="span"
          sx={{
            display: 'block',
            m: 0,
            whiteSpace: 'nowrap',
            fontWeight: 'fontWeightBold',
            fontVariantNumeric: 'tabular-nums',
          }}
        >
          {remaining === null ? unknown : budget}
        </Typography>
      </Glow>
      <Bar remaining={remaining} status={status} large={large} />
    </Box>
  );
}

function Bar({ remaining, status, large }: Required<BudgetBarProps>) {
  const { t } = useTranslationRef(sloTranslationRef);
  const size = { flex: large ? undefined : 1, height: large ? 12 : 8 };
  if (remaining === null) {
    return (
      <Box
        role="img"
        aria-label={t('budget.ariaUnknown')}
        sx={{
          ...size,
          boxSizing: 'border-box',
          borderRadius: 2,
          border: 1,
          borderStyle: 'dashed',
          borderColor: 'text.disabled',
        }}
      />
    );
  }
  const budget = formatBudget(remaining);
  const overspent = remaining < 0;
  const part = Math.min(1, Math.max(0, remaining)) * 100;
  return (
    <Box
      role="img"
      aria-label={t(overspent ? 'budget.ariaSpent' : 'budget.aria', { budget })}
      sx={{
        ...size,
        position: 'relative',
        overflow: 'hidden',
        borderRadius: 2,
        bgcolor: 'action.selected',
      }}
    >
      <Box
        sx={theme => ({
          height: '100%',
          width: `${overspent ? 100 : part}%`,
          bgcolor: overspent ? 'transparent' : COLOUR[status],
          transition: theme.transitions.create('width'),
          '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
          ...(overspent && {
            backgroundImage: `repeating-linear-gradient(135deg, ${theme.palette.error.main} 0 6px, transparent 6px 10px)`,
          }),
        })}
      />
    </Box>
  );
}
