import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloView } from '@handrail/plugin-slo-common';
import {
  EntityLink,
  ErrorState,
  Glow,
  PermitButton,
  PersonChip,
  StatusChip,
  visuallyHidden,
} from '@handrail/plugin-sop-react';
import RefreshIcon from '@mui/icons-material/Refresh';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEvaluate } from '../../hooks';
import { sloTranslationRef } from '../../translation';
import type { SloDetailProps } from './SloDetail';

const ROW = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  columnGap: 1,
  rowGap: 0.5,
} as const;

/** Title, the sentence that answers whether we are fine, and "Refresh now". */
export function SloHeader({ slo, heading }: SloDetailProps) {
  return (
    <Box component="header" sx={{ mb: 2 }}>
      <Box sx={{ ...ROW, columnGap: 2, mb: 0.5 }}>
        <Box sx={{ ...ROW, flex: '1 1 240px', minWidth: 0 }}>
          <Typography
            variant="h5"
            component={heading}
            sx={{ m: 0, overflowWrap: 'anywhere' }}
          >
            {slo.title}
          </Typography>
          <Glow on={slo.status}>
            <StatusChip status={slo.status} size="medium" />
          </Glow>
        </Box>
        <Refresh slo={slo} />
      </Box>
      <Box sx={{ ...ROW, color: 'text.secondary', typography: 'body2', mb: 1 }}>
        {slo.entityRef && <EntityLink entityRef={slo.entityRef} />}
        {slo.owner && <PersonChip entityRef={slo.owner} />}
        {slo.description && (
          <Typography variant="body2" component="span">
            {slo.description}
          </Typography>
        )}
      </Box>
      <Glow on={slo.headline}>
        <Typography
          variant="h6"
          component="p"
          aria-live="polite"
          sx={{ m: 0, fontWeight: 'fontWeightMedium' }}
        >
          {slo.headline}
        </Typography>
      </Glow>
    </Box>
  );
}

function Refresh({ slo }: { slo: SloView }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const evaluate = useEvaluate(slo);
  return (
    <>
      <PermitButton
        permit={slo.permits.evaluate}
        pending={evaluate.isPending}
        variant="outlined"
        size="small"
        startIcon={<RefreshIcon />}
        onClick={() => evaluate.mutate()}
      >
        {evaluate.isPending ? t('slo.refreshing') : t('slo.refresh')}
      </PermitButton>
      <Box component="span" role="status" sx={visuallyHidden}>
        {evaluate.isSuccess && !evaluate.data.data.error
          ? t('slo.refreshed')
          : ''}
      </Box>
      {evaluate.error && (
        <Box sx={{ flexBasis: '100%' }}>
          <ErrorState
            error={evaluate.error}
            onRetry={() => evaluate.mutate()}
          />
        </Box>
      )}
    </>
  );
}
