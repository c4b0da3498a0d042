import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ObligationView } from '@handrail/plugin-incidents-common';
import {
  DataColumn,
  DataTable,
  EmptyState,
  PersonChip,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { incidentsTranslationRef } from '../../translation';
import { DutyState } from '../Chips';
import type { TabProps } from './IncidentTabs';

function People(props: { refs: readonly string[] }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {props.refs.map(ref => (
        <PersonChip key={ref} entityRef={ref} />
      ))}
    </Box>
  );
}

/** Every duty: until when, kept or missed, who was told. */
export function DutiesTab(props: TabProps) {
  const { obligations } = props.incident;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const columns = useMemo((): DataColumn<ObligationView>[] => {
    const isOpen = (duty: ObligationView) =>
      !duty.satisfiedAt && !duty.cancelledAt;
    return [
      { id: 'duty', title: t('duties.duty'), render: duty => duty.title },
      {
        id: 'state',
        title: t('duties.state'),
        render: duty => <DutyState duty={duty} />,
      },
      {
        id: 'due',
        title: t('duties.due'),
        render: duty => <TimeStamp at={duty.dueAt} deadline={isOpen(duty)} />,
      },
      {
        id: 'done',
        title: t('duties.done'),
        render: duty =>
          duty.satisfiedAt ? (
            <>
              <TimeStamp at={duty.satisfiedAt} />
              {duty.satisfiedBy !== undefined &&
                `, ${t('duties.by', { seq: String(duty.satisfiedBy) })}`}
            </>
          ) : (
            t('common.none')
          ),
      },
      {
        id: 'responsible',
        title: t('duties.responsible'),
        render: duty =>
          isOpen(duty) && duty.responsible.length > 0 ? (
            <People refs={duty.responsible} />
          ) : (
            t('common.none')
          ),
      },
      {
        id: 'told',
        title: t('duties.told'),
        render: duty =>
          duty.notified?.length ? (
            <>
              <People refs={duty.notified} />
              {duty.level > 0 &&
                t('duties.levelValue', { level: String(duty.level) })}
            </>
          ) : (
            t('common.none')
          ),
      },
    ];
  }, [t]);
  if (obligations.length === 0) {
    return <EmptyState title={t('duties.empty')} />;
  }
  return (
    <DataTable
      caption={t('duties.caption')}
      columns={columns}
      rows={obligations}
      rowKey={duty => duty.obligationId}
    />
  );
}
