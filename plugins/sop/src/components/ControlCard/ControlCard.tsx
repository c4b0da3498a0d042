import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { ControlView, RevisionView } from '@handrail/plugin-sop-common';
import {
  AppLink,
  ErrorState,
  Glow,
  Loading,
  StatusChip,
  TimeStamp,
  TitledCard,
  useControl,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { AcknowledgeButton } from '../Acknowledge';
import { RevisionActions } from './RevisionActions';
import { Signatures } from './Signatures';

/** Can I trust this: what is in force, who signed it, and who still must. */
export function ControlCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const query = useControl(stringifyEntityRef(entity));
  return (
    <TitledCard
      title={t('control.title')}
      action={<AppLink to="revisions">{t('control.history')}</AppLink>}
    >
      {query.isPending && <Loading shape="list" count={2} />}
      {query.error && (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && <Standing view={query.data} />}
    </TitledCard>
  );
}

function Standing(props: { view: ControlView }) {
  const { view } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const find = (hash: string | undefined) =>
    view.revisions.find(one => one.hash === hash);
  const effective = find(view.effectiveHash);
  const current = find(view.currentHash);
  const { review } = view;
  return (
    <Glow on={view.version} sx={{ display: 'grid', gap: 2 }}>
      <Typography aria-live="polite">{view.sentence}</Typography>
      {review && review.state !== 'planned' && (
        <Alert severity={review.state === 'overdue' ? 'warning' : 'info'}>
          {t(
            review.state === 'overdue'
              ? 'control.reviewOverdue'
              : 'control.reviewDue',
          )}{' '}
          <TimeStamp at={review.dueAt} />
        </Alert>
      )}
      {effective && (
        <Revision
          sopRef={view.sopRef}
          revision={effective}
          title={t('control.inForce')}
        />
      )}
      {current && current !== effective && (
        <Revision
          sopRef={view.sopRef}
          revision={current}
          title={t('control.inFile')}
        />
      )}
      {view.acknowledgement && effective && (
        <AcknowledgeButton
          sopRef={view.sopRef}
          hash={effective.hash}
          acknowledgement={view.acknowledgement}
        />
      )}
    </Glow>
  );
}

function Revision(props: {
  sopRef: string;
  revision: RevisionView;
  title: string;
}) {
  const { sopRef, revision, title } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Box component="section" aria-label={title}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'center',
          mb: 1,
        }}
      >
        <Typography variant="subtitle1" component="h3" sx={{ m: 0 }}>
          {title}
        </Typography>
        <Typography
          variant="body2"
          component="span"
          title={t('run.hash', { hash: revision.hash })}
        >
          {t('run.revision', {
            revision: revision.label ?? revision.hash.slice(0, 8),
          })}
        </Typography>
        <StatusChip status={revision.status} />
      </Box>
      <Signatures revision={revision} />
      <RevisionActions
        key={revision.hash}
        sopRef={sopRef}
        revision={revision}
      />
    </Box>
  );
}
