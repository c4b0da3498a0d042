import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { RevisionView } from '@handrail/plugin-sop-common';
import {
  DataColumn,
  DataTable,
  ErrorState,
  Loading,
  StatusChip,
  TimeStamp,
  TitledCard,
  useControl,
  useUrlState,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { SignatureLine } from '../ControlCard';
import { RevisionDiffView } from './RevisionDiffView';

/** Every revision of a procedure with its signatures, and their differences. */
export function EntityRevisions() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const sopRef = stringifyEntityRef(entity);
  const query = useControl(sopRef);
  if (query.isPending) {
    return <Loading shape="list" />;
  }
  if (query.error) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const { revisions, sentence } = query.data;
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Typography>{sentence}</Typography>
      <TitledCard title={t('control.history')}>
        <History revisions={revisions} />
      </TitledCard>
      {revisions.length > 1 && (
        <Comparison sopRef={sopRef} revisions={revisions} />
      )}
    </Box>
  );
}

function History(props: { revisions: RevisionView[] }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const columns: DataColumn<RevisionView>[] = [
    {
      id: 'revision',
      title: t('entity.revision'),
      render: one => (
        <span title={t('run.hash', { hash: one.hash })}>{nameOf(one)}</span>
      ),
    },
    {
      id: 'status',
      title: t('control.status'),
      render: one => <StatusChip status={one.status} />,
    },
    {
      id: 'signatures',
      title: t('control.signatures'),
      width: '45%',
      render: one => (
        <Box sx={{ display: 'grid', gap: 0.5 }}>
          {one.signatures.map(signature => (
            <SignatureLine
              key={`${signature.by}:${signature.at}`}
              signature={signature}
            />
          ))}
          {one.rejection && (
            <Typography variant="body2" component="span">
              {t('control.rejectedBy', {
                name: one.rejection.name,
                reason: one.rejection.reason,
              })}
            </Typography>
          )}
          {one.signatures.length === 0 && !one.rejection && t('common.none')}
        </Box>
      ),
    },
    {
      id: 'recorded',
      title: t('control.recorded'),
      render: one => <TimeStamp at={one.recordedAt} />,
    },
    {
      id: 'inForce',
      title: t('control.inForceFrom'),
      render: one =>
        one.inForceFrom ? <TimeStamp at={one.inForceFrom} /> : t('common.none'),
    },
  ];
  return (
    <DataTable
      caption={t('control.history')}
      columns={columns}
      rows={props.revisions}
      rowKey={one => one.hash}
    />
  );
}

function Comparison(props: { sopRef: string; revisions: RevisionView[] }) {
  const { sopRef, revisions } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const { params, set } = useUrlState();
  const chosen = (name: string, fallback: RevisionView) =>
    revisions.find(one => one.hash === params.get(name)) ?? fallback;
  const to = chosen('to', revisions[0]);
  const from = chosen(
    'from',
    revisions[revisions.indexOf(to) + 1] ?? revisions[1],
  );
  const select = (name: 'from' | 'to', value: RevisionView) => (
    <TextField
      select
      size="small"
      label={t(`control.${name}`)}
      value={value.hash}
      onChange={event => set({ [name]: event.target.value })}
      sx={{ minWidth: 200 }}
    >
      {revisions.map(one => (
        <MenuItem key={one.hash} value={one.hash}>
          {`${nameOf(one)} · ${one.hash.slice(0, 8)}`}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <TitledCard title={t('control.diff')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, my: 1 }}>
        {select('from', from)}
        {select('to', to)}
      </Box>
      {from === to ? (
        <Typography color="text.secondary">{t('control.same')}</Typography>
      ) : (
        <RevisionDiffView sopRef={sopRef} hash={to.hash} from={from.hash} />
      )}
    </TitledCard>
  );
}

function nameOf(revision: RevisionView): string {
  return revision.label ?? revision.hash.slice(0, 12);
}
