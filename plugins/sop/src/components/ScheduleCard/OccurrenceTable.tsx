import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { OccurrenceView } from '@handrail/plugin-sop-common';
import {
  AppLink,
  DataColumn,
  DataTable,
  StatusChip,
  TimeStamp,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { readableDuration } from '../../lib/isoDuration';
import { sopTranslationRef } from '../../translation';

/** Occurrences of one procedure, and what became of each. */
export function OccurrenceTable(props: { items: OccurrenceView[] }) {
  const { items } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const columns: DataColumn<OccurrenceView>[] = [
    {
      id: 'when',
      title: t('schedule.when'),
      width: '25%',
      render: ({ occursAt }) => <TimeStamp at={occursAt} />,
    },
    {
      id: 'outcome',
      title: t('schedule.outcome'),
      render: one => <Outcome occurrence={one} />,
    },
  ];
  if (items.some(({ targetRef }) => targetRef)) {
    columns.splice(1, 0, {
      id: 'target',
      title: t('schedule.target'),
      width: '30%',
      render: ({ targetRef }) =>
        targetRef ? <EntityRefLink entityRef={targetRef} /> : t('common.none'),
    });
  }
  return (
    <DataTable
      caption={t('schedule.caption')}
      columns={columns}
      rows={items}
      rowKey={one => `${one.occursAt} ${one.targetRef ?? ''}`}
    />
  );
}

function Outcome({ occurrence }: { occurrence: OccurrenceView }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const { runId, runTitle, runStatus, state, reason } = occurrence;
  const { late, lateBySeconds = 0 } = occurrence;
  const minutes = Math.round(lateBySeconds / 60);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      <StatusChip status={runStatus ?? state} />
      {late && (
        <Typography variant="body2" color="text.secondary">
          {t('schedule.late', { duration: readableDuration(`PT${minutes}M`) })}
        </Typography>
      )}
      {runId && (
        <AppLink to={links.run(runId)}>{runTitle ?? t('common.open')}</AppLink>
      )}
      {reason && (
        <Typography variant="body2" sx={{ flexBasis: '100%' }}>
          {reason}
        </Typography>
      )}
    </Box>
  );
}
