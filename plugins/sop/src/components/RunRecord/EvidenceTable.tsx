import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  EvidenceFieldView,
  RunView,
  StepView,
} from '@handrail/plugin-sop-common';
import {
  DataTable,
  EmptyState,
  PersonChip,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import { sopTranslationRef } from '../../translation';
import { EvidenceValue } from '../StepPanel';

interface Row {
  id: string;
  step: StepView;
  name: string;
  field?: EvidenceFieldView;
  value: unknown;
}

function rowsOf(run: RunView, commentName: string): Row[] {
  return run.steps.flatMap(step => {
    const fields = new Map(step.evidenceFields?.map(one => [one.id, one]));
    const rows: Row[] = Object.entries(step.evidence ?? {}).map(
      ([id, value]) => ({
        id: `${step.id}.${id}`,
        step,
        name: fields.get(id)?.name ?? id,
        field: fields.get(id),
        value,
      }),
    );
    if (step.comment) {
      rows.push({
        id: `${step.id}:comment`,
        step,
        name: commentName,
        value: step.comment,
      });
    }
    return rows;
  });
}

/** All evidence of a run with who left it and when. */
export function EvidenceTable(props: { run: RunView }) {
  const { run } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const rows = rowsOf(run, t('evidence.comment'));
  if (rows.length === 0) {
    return (
      <EmptyState title={t('evidence.emptyTitle')}>
        {t('evidence.empty')}
      </EmptyState>
    );
  }
  return (
    <DataTable
      caption={t('evidence.caption')}
      rows={rows}
      rowKey={row => row.id}
      columns={[
        { id: 'step', title: t('common.step'), render: row => row.step.name },
        { id: 'name', title: t('evidence.name'), render: row => row.name },
        {
          id: 'value',
          title: t('evidence.value'),
          width: '40%',
          render: row => (
            <EvidenceValue
              field={row.field}
              name={row.name}
              value={row.value}
            />
          ),
        },
        {
          id: 'who',
          title: t('common.who'),
          render: row =>
            row.step.actors?.map(actor => (
              <PersonChip key={actor} entityRef={actor} />
            )),
        },
        {
          id: 'when',
          title: t('common.when'),
          render: row =>
            row.step.endedAt ? (
              <TimeStamp at={row.step.endedAt} />
            ) : (
              t('common.none')
            ),
        },
      ]}
    />
  );
}
