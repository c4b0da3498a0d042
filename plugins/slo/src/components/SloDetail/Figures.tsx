import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SloFigures,
  SloStatus,
  SloWindow,
} from '@handrail/plugin-slo-common';
import { Glow, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import {
  formatCount,
  formatIndicator,
  formatMinutes,
  formatRate,
  formatTarget,
} from '../../lib/format';
import { sloTranslationRef } from '../../translation';
import { BudgetBar } from '../BudgetBar';

/** Props of {@link Figures}. */
export interface FiguresProps {
  figures: SloFigures;
  status: SloStatus;
  window: SloWindow;
  /** What is counted are slices of time instead of events. */
  slices: boolean;
}

/** The four numbers: budget left, when it runs out, burn rate, good events. */
export function Figures(props: FiguresProps) {
  const { figures, status, window, slices } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const { budgetRemaining, burnRate, sli, target, bad, total } = figures;
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gap: 2,
        m: 0,
        mb: 2,
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
      }}
    >
      <Tile
        label={t('slo.left')}
        note={
          <OutageMinutes figures={figures} status={status} window={window} />
        }
      >
        <BudgetBar remaining={budgetRemaining} status={status} large />
      </Tile>
      <RunsOut figures={figures} />
      <Tile label={t('slo.burnRate')} note={t('slo.burnRateWhy')}>
        <Value>
          {burnRate === null ? t('common.noData') : formatRate(burnRate)}
        </Value>
      </Tile>
      <Tile
        label={t(slices ? 'slo.indicatorSlices' : 'slo.indicator')}
        note={
          <>
            {t('slo.indicatorWhy', { target: formatTarget(target) })}
            {total !== null && (
              <Box component="span" sx={{ display: 'block' }}>
                {t('slo.bad', {
                  bad: formatCount(bad),
                  total: formatCount(total),
                })}
              </Box>
            )}
          </>
        }
      >
        <Value>
          {sli === null ? t('common.noData') : formatIndicator(sli, target)}
        </Value>
      </Tile>
    </Box>
  );
}

function Tile(props: { label: string; note?: ReactNode; children: ReactNode }) {
  const { label, note, children } = props;
  return (
    <Paper variant="outlined" sx={{ p: 2, minWidth: 0 }}>
      <Typography component="dt" variant="body2" color="text.secondary">
        {label}
      </Typography>
      <Box component="dd" sx={{ m: 0 }}>
        {children}
        {note && (
          <Typography variant="body2" component="div" color="text.secondary">
            {note}
          </Typography>
        )}
      </Box>
    </Paper>
  );
}

function Value({ children }: { children: string }) {
  return (
    <Glow on={children} sx={{ display: 'inline-block' }}>
      <Typography
        variant="h3"
        component="span"
        sx={{ display: 'block', m: 0, fontVariantNumeric: 'tabular-nums' }}
      >
        {children}
      </Typography>
    </Glow>
  );
}

function OutageMinutes(props: Omit<FiguresProps, 'slices'>) {
  const { figures, status, window } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const { budgetMinutes, budgetMinutesRemaining } = figures;
  if (budgetMinutesRemaining === null) {
    return status === 'no-data' ? (
      <>{t('slo.noFigure', { window: window.duration })}</>
    ) : null;
  }
  return (
    <>
      {budgetMinutesRemaining < 0
        ? t('slo.overMinutes', { over: formatMinutes(-budgetMinutesRemaining) })
        : t('slo.leftMinutes', {
            left: formatMinutes(budgetMinutesRemaining),
            all: formatMinutes(budgetMinutes),
          })}
    </>
  );
}

function RunsOut({ figures }: Pick<FiguresProps, 'figures'>) {
  const { t } = useTranslationRef(sloTranslationRef);
  const { budgetRemaining, exhaustsAt } = figures;
  const label = t('slo.runsOut');
  if (budgetRemaining === null) {
    return (
      <Tile label={label}>
        <Value>{t('common.notKnown')}</Value>
      </Tile>
    );
  }
  if (budgetRemaining <= 0) {
    return (
      <Tile label={label} note={t('slo.spentWhy')}>
        <Value>{t('slo.spent')}</Value>
      </Tile>
    );
  }
  if (!exhaustsAt) {
    return (
      <Tile label={label} note={t('slo.notAtRateWhy')}>
        <Value>{t('slo.notAtRate')}</Value>
      </Tile>
    );
  }
  return (
    <Tile label={label} note={t('slo.runsOutAtRate')}>
      <Typography variant="h3" component="span" sx={{ display: 'block', m: 0 }}>
        <TimeStamp at={exhaustsAt} />
      </Typography>
    </Tile>
  );
}
