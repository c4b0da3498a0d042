import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SloObjectiveView, SloView } from '@handrail/plugin-slo-common';
import { EntityLink, TimeStamp, TitledCard } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { formatTarget } from '../../lib/format';
import { sloTranslationRef } from '../../translation';
import { DataAge } from '../DataAge';
import { Indicator } from './Indicator';

/** Objective, window, indicator, source and the age of the data. */
export function About(props: { slo: SloView; objective?: SloObjectiveView }) {
  const { slo, objective } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const { data, window, budgetingMethod } = slo;
  const target = formatTarget((objective ?? slo).figures.target);
  return (
    <TitledCard title={t('about.title')}>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          columnGap: 4,
          rowGap: 1,
          gridTemplateColumns:
            'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
        }}
      >
        <Fact label={t('about.objective')}>
          {t(
            budgetingMethod === 'Timeslices'
              ? 'about.slices'
              : 'about.objectiveValue',
            { target },
          )}
        </Fact>
        <Fact label={t('about.window')}>
          {t(window.rolling ? 'about.rolling' : 'about.calendar', {
            window: window.duration,
          })}
        </Fact>
        <Fact label={t('about.method')}>{t(`about.${budgetingMethod}`)}</Fact>
        <Indicator sloRef={slo.ref} />
        <Fact label={t('about.source')}>{data.source}</Fact>
        <Fact label={t('about.evaluated')}>
          <DataAge data={data} />
        </Fact>
        <Fact label={t('about.dataUntil')}>
          {data.dataUntil ? (
            <TimeStamp at={data.dataUntil} />
          ) : (
            t('common.noData')
          )}
        </Fact>
        {slo.service && <Fact label={t('about.service')}>{slo.service}</Fact>}
        <Fact label={t('about.document')}>
          <EntityLink entityRef={slo.ref} />
        </Fact>
      </Box>
    </TitledCard>
  );
}

/** One line of the list of facts. */
export function Fact(props: { label: string; children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(110px, 3fr) 7fr',
        columnGap: 2,
        '& > *': { minWidth: 0, overflowWrap: 'anywhere' },
      }}
    >
      <Typography component="dt" variant="body2" color="text.secondary">
        {props.label}
      </Typography>
      <Typography component="dd" variant="body2" sx={{ m: 0 }}>
        {props.children}
      </Typography>
    </Box>
  );
}
