import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloSummary } from '@handrail/plugin-slo-common';
import { AppLink, Glow, StatusChip } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useSloLinks } from '../../routes';
import { sloTranslationRef } from '../../translation';
import { BudgetBar } from '../BudgetBar';
import { DataAge } from '../DataAge';

/** One SLO in a short list: where it stands and how much budget is left. */
export function SloLine(props: { slo: SloSummary; mine?: boolean }) {
  const { slo, mine = false } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const links = useSloLinks();
  const doubtful = slo.data.stale || Boolean(slo.data.error);
  return (
    <Box
      component="li"
      sx={{
        py: 0.75,
        borderBottom: 1,
        borderColor: 'divider',
        '&:last-of-type': { borderBottom: 0 },
      }}
    >
      <Glow
        on={slo.status}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          rowGap: 0.5,
          justifyContent: 'space-between',
        }}
      >
        <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'center',
            }}
          >
            <AppLink to={links.slo(slo)} sx={{ overflowWrap: 'anywhere' }}>
              {slo.title}
            </AppLink>
            <StatusChip status={slo.status} />
            {mine && (
              <Typography variant="body2" color="text.secondary">
                {t('widget.mine')}
              </Typography>
            )}
          </Box>
          <Typography variant="body2" color="text.secondary">
            {slo.headline}
          </Typography>
          {doubtful && (
            <Typography variant="body2" component="div">
              <DataAge data={slo.data} />
            </Typography>
          )}
        </Box>
        <Box sx={{ flex: '0 1 190px', pt: 0.5 }}>
          <BudgetBar
            remaining={slo.figures.budgetRemaining}
            status={slo.status}
          />
        </Box>
      </Glow>
    </Box>
  );
}
