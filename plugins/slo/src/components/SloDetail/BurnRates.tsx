import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  SloAlertView,
  SloObjectiveView,
} from '@handrail/plugin-slo-common';
import {
  DataColumn,
  DataTable,
  Glow,
  TitledCard,
} from '@handrail/plugin-sop-react';
import CheckIcon from '@mui/icons-material/Check';
import ReportOutlinedIcon from '@mui/icons-material/ReportOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { formatRate } from '../../lib/format';
import { sloTranslationRef } from '../../translation';

/** Burn rates by window, and the alerts that watch them. */
export function BurnRates({ objective }: { objective: SloObjectiveView }) {
  const { t } = useTranslationRef(sloTranslationRef);
  const columns = useColumns();
  const { alerts, burnRates } = objective;
  let explanation: string = t('rates.explain');
  if (alerts.length === 0) {
    explanation = t(burnRates.length ? 'rates.none' : 'rates.never');
  }
  return (
    <TitledCard title={t('rates.title')}>
      <Box
        component="ul"
        aria-label={t('rates.windowsCaption')}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          m: 0,
          mb: 2,
          p: 0,
          listStyle: 'none',
        }}
      >
        {burnRates.map(({ window, burnRate }) => (
          <Box
            component="li"
            key={window}
            sx={{ px: 1.25, py: 0.5, borderRadius: 1, bgcolor: 'action.hover' }}
          >
            <Typography variant="body2" component="span" color="text.secondary">
              {window}{' '}
            </Typography>
            <Rate value={burnRate} />
          </Box>
        ))}
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {explanation}
      </Typography>
      {alerts.length > 0 && (
        <DataTable
          caption={t('rates.caption')}
          columns={columns}
          rows={alerts}
          rowKey={({ severity, long }) => `${severity} ${long}`}
        />
      )}
    </TitledCard>
  );
}

function Rate({ value }: { value: number | null }) {
  const text = formatRate(value);
  return (
    <Glow
      component="span"
      on={text}
      sx={{
        fontWeight: 'fontWeightMedium',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {text}
    </Glow>
  );
}

function Windowed(props: { window: string; rate: number | null }) {
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      <Rate value={props.rate} />{' '}
      <Typography variant="body2" component="span" color="text.secondary">
        {props.window}
      </Typography>
    </Box>
  );
}

function useColumns(): DataColumn<SloAlertView>[] {
  const { t } = useTranslationRef(sloTranslationRef);
  return useMemo(
    () => [
      {
        id: 'severity',
        title: t('rates.severity'),
        render: ({ severity }) => t(`rates.${severity}`),
      },
      {
        id: 'threshold',
        title: t('rates.threshold'),
        render: ({ factor, consumed }) => (
          <>
            {formatRate(factor)}{' '}
            <Typography variant="body2" component="span" color="text.secondary">
              {t('rates.consumed', {
                consumed: `${Number((consumed * 100).toPrecision(3))} %`,
              })}
            </Typography>
          </>
        ),
      },
      {
        id: 'long',
        title: t('rates.long'),
        render: ({ long, longRate }) => (
          <Windowed window={long} rate={longRate} />
        ),
      },
      {
        id: 'short',
        title: t('rates.short'),
        render: ({ short, shortRate }) => (
          <Windowed window={short} rate={shortRate} />
        ),
      },
      {
        id: 'state',
        title: t('rates.state'),
        render: ({ holds }) => {
          const Icon = holds ? ReportOutlinedIcon : CheckIcon;
          return (
            <Glow
              on={String(holds)}
              sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
            >
              <Icon
                fontSize="small"
                color={holds ? 'error' : 'success'}
                aria-hidden
              />
              {t(holds ? 'rates.holds' : 'rates.quiet')}
            </Glow>
          );
        },
      },
    ],
    [t],
  );
}
