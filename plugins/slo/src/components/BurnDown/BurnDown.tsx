import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloBurnDown, SloKey } from '@handrail/plugin-slo-common';
import {
  ErrorState,
  formatExact,
  TitledCard,
} from '@handrail/plugin-sop-react';
import TableRowsIcon from '@mui/icons-material/TableRowsOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useBurnDown } from '../../hooks';
import { formatBudget } from '../../lib/format';
import { sloTranslationRef } from '../../translation';
import { BurnDownChart, CHART_HEIGHT } from './BurnDownChart';
import { BurnDownTable } from './BurnDownTable';
import { SpendingList } from './SpendingList';

/** Props of {@link BurnDown}. */
export interface BurnDownProps {
  slo: SloKey;
  objective: string;
  /** When the SLO was evaluated last. */
  evaluatedAt: string | null;
}

/** The curve of the budget, with a table behind it, and what burned it. */
export function BurnDown({ slo, objective, evaluatedAt }: BurnDownProps) {
  const { t } = useTranslationRef(sloTranslationRef);
  const query = useBurnDown(slo, objective, evaluatedAt);
  const burnDown = query.data;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 3,
        mb: 3,
        gridTemplateColumns: { xs: '100%', lg: '3fr 2fr' },
        alignItems: 'start',
        '& > *': { minWidth: 0 },
      }}
    >
      <TitledCard title={t('burnDown.title')}>
        {query.isPending && (
          <Skeleton variant="rounded" height={CHART_HEIGHT} />
        )}
        {query.error && !burnDown && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {burnDown && <Curve burnDown={burnDown} />}
      </TitledCard>
      <TitledCard title={t('spending.title')}>
        {query.isPending && <Skeleton variant="rounded" height={120} />}
        {burnDown && <SpendingList burnDown={burnDown} />}
      </TitledCard>
    </Box>
  );
}

function Curve({ burnDown }: { burnDown: SloBurnDown }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const [table, setTable] = useState(false);
  const known = burnDown.points.flatMap(({ remaining }) =>
    remaining === null ? [] : [remaining],
  );
  if (known.length === 0) {
    return (
      <Typography color="text.secondary">{t('burnDown.empty')}</Typography>
    );
  }
  const summary = t('burnDown.summary', {
    from: formatExact(burnDown.from),
    to: formatExact(burnDown.to),
    lowest: formatBudget(Math.min(...known)),
    now: formatBudget(known[known.length - 1]),
  });
  return (
    <>
      <BurnDownChart burnDown={burnDown} label={summary} />
      <Button
        size="small"
        startIcon={<TableRowsIcon />}
        aria-expanded={table}
        onClick={() => setTable(shown => !shown)}
      >
        {t(table ? 'burnDown.hideTable' : 'burnDown.showTable')}
      </Button>
      {table && <BurnDownTable burnDown={burnDown} />}
    </>
  );
}
