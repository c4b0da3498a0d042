import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ComplianceRow } from '@handrail/plugin-sop-common';
import {
  AppLink,
  DataTable,
  EntityLink,
  formatDuration,
  TimeStamp,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router-dom';
import { readableDuration } from '../../lib/isoDuration';
import { sopTranslationRef } from '../../translation';
import { ComplianceChip } from './ComplianceChip';

/** Entities and what they owe; each row that fails starts what sets it right. */
export function ComplianceTable(props: { rows: ComplianceRow[] }) {
  const { rows } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  return (
    <DataTable<ComplianceRow>
      caption={t('compliance.caption')}
      rows={rows}
      rowKey={row => `${row.entityRef} ${row.sopRef}`}
      columns={[
        {
          id: 'state',
          title: t('compliance.state'),
          render: row => (
            <>
              <ComplianceChip state={row.state} />
              {row.lateMs !== undefined && (
                <Typography variant="body2" color="text.secondary">
                  {t('compliance.late', {
                    duration: formatDuration(row.lateMs),
                  })}
                </Typography>
              )}
            </>
          ),
        },
        {
          id: 'entity',
          title: t('compliance.entity'),
          render: row => <EntityLink entityRef={row.entityRef} />,
        },
        {
          id: 'procedure',
          title: t('compliance.procedure'),
          render: row => (
            <>
              <EntityLink entityRef={row.sopRef} />
              <Typography variant="body2" color="text.secondary">
                {t('compliance.every', {
                  duration: readableDuration(row.every),
                })}
              </Typography>
            </>
          ),
        },
        {
          id: 'owner',
          title: t('compliance.owner'),
          render: row =>
            row.ownerRef ? (
              <EntityLink entityRef={row.ownerRef} />
            ) : (
              t('common.none')
            ),
        },
        {
          id: 'last',
          title: t('compliance.last'),
          render: row =>
            row.lastCompletedAt ? (
              <AppLink
                to={links.runs({
                  sop: row.sopRef,
                  target: row.entityRef,
                  status: ['completed'],
                })}
              >
                <TimeStamp at={row.lastCompletedAt} />
              </AppLink>
            ) : (
              t('compliance.never')
            ),
        },
        {
          id: 'fix',
          title: t('compliance.fix'),
          render: row => <Fix row={row} />,
        },
      ]}
    />
  );
}

/** A run that is open already comes before another one. */
function Fix(props: { row: ComplianceRow }) {
  const { row } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  if (row.openRuns > 0) {
    return (
      <AppLink
        to={links.runs({
          sop: row.sopRef,
          target: row.entityRef,
          status: ['running', 'held', 'compensating'],
        })}
      >
        {t('compliance.open', { count: row.openRuns })}
      </AppLink>
    );
  }
  return row.state === 'met' ? null : (
    <Button
      size="small"
      variant="contained"
      component={RouterLink}
      to={links.start({ sop: row.sopRef, target: row.entityRef })}
      aria-label={t('compliance.startNamed', {
        procedure: row.sopTitle,
        entity: row.title,
      })}
    >
      {t('compliance.start')}
    </Button>
  );
}
