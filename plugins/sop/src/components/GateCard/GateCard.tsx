import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { GateDecision } from '@handrail/plugin-sop-common';
import {
  ErrorState,
  Loading,
  TimeStamp,
  TitledCard,
  useGate,
} from '@handrail/plugin-sop-react';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import DoNotDisturbOnOutlinedIcon from '@mui/icons-material/DoNotDisturbOnOutlined';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { GateReasons } from './GateReasons';

/** May I deploy this now? Yes or no, and each reason as a sentence. */
export function GateCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const gate = useGate(stringifyEntityRef(entity));
  return (
    <TitledCard title={t('gate.title')}>
      {gate.data && <Decision decision={gate.data} />}
      {!gate.data && gate.isLoading && <Loading count={2} />}
      {gate.error && (
        <ErrorState error={gate.error} onRetry={() => gate.refetch()} />
      )}
    </TitledCard>
  );
}

function Decision({ decision }: { decision: GateDecision }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const { allowed, reasons } = decision;
  const Icon = allowed ? CheckCircleOutlineIcon : DoNotDisturbOnOutlinedIcon;
  return (
    <Stack spacing={1.5} aria-live="polite">
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Icon color={allowed ? 'success' : 'error'} aria-hidden />
        <Typography sx={{ fontWeight: 'fontWeightBold' }}>
          {t(allowed ? 'gate.open' : 'gate.closed')}
        </Typography>
      </Box>
      {!allowed && (
        <Typography variant="body2">
          {decision.opensAt ? (
            <>
              {t('gate.opensAt')} <TimeStamp at={decision.opensAt} deadline />
            </>
          ) : (
            t('gate.opensUnknown')
          )}
        </Typography>
      )}
      {reasons.length > 0 ? (
        <GateReasons reasons={reasons} />
      ) : (
        <Typography variant="body2" color="text.secondary">
          {t('gate.nothingAgainst')}
        </Typography>
      )}
    </Stack>
  );
}
