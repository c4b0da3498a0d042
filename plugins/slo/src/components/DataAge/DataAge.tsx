import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloData } from '@handrail/plugin-slo-common';
import { TimeStamp } from '@handrail/plugin-sop-react';
import WarningAmberIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { sloTranslationRef } from '../../translation';

/** How old the figures are, and a word when that is too old. */
export function DataAge({ data }: { data: SloData }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const warning = data.error ? t('age.failed') : data.stale && t('age.stale');
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
      {data.evaluatedAt ? <TimeStamp at={data.evaluatedAt} /> : t('age.never')}
      {warning && (
        <Tooltip title={data.error ?? ''} describeChild arrow>
          <Box
            component="span"
            tabIndex={data.error ? 0 : undefined}
            sx={{
              display: 'inline-flex',
              alignItems: 'center',
              gap: 0.5,
              whiteSpace: 'nowrap',
            }}
          >
            <WarningAmberIcon color="warning" fontSize="inherit" aria-hidden />
            {warning}
          </Box>
        </Tooltip>
      )}
    </Box>
  );
}
