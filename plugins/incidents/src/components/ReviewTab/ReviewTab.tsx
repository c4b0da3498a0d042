import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReviewView } from '@handrail/plugin-incidents-common';
import {
  PermitButton,
  PersonChip,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { isRelevant } from '../../lib/relevance';
import { incidentsTranslationRef } from '../../translation';
import type { TabProps } from '../IncidentTabs';
import { ActionItems } from './ActionItems';
import { ReviewForm } from './ReviewForm';

const COMMANDS = [
  'start-review',
  'complete-review',
  'waive-review',
  'approve-waiver',
  'close',
] as const;

/** What happened, what led to it, and what will be done about it. */
export function ReviewTab(props: TabProps) {
  const { incident, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const commands = COMMANDS.filter(
    type =>
      isRelevant(incident, type) &&
      // Without a waiver there is nothing to approve.
      (type !== 'approve-waiver' ||
        incident.review.state === 'waiver-requested'),
  );
  return (
    <>
      <Typography sx={{ mb: 0.5 }}>
        {t(`review.state.${incident.review.state}`)}
      </Typography>
      <Provenance review={incident.review} />
      <Box sx={{ maxWidth: 900, mt: 2 }}>
        <ReviewForm incident={incident} />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {commands.map(type => (
          <PermitButton
            key={type}
            variant="outlined"
            color="primary"
            permit={incident.permits[type]}
            pending={actions.pending === type}
            onClick={() => actions.act({ type })}
          >
            {t(`command.${type}`)}
          </PermitButton>
        ))}
      </Box>
      <ActionItems {...props} />
    </>
  );
}

/** Who did what to the review, and when. */
function Provenance(props: { review: ReviewView }) {
  const { review } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const { waiver } = review;
  const lines: [name: string, at?: string, by?: string][] = [
    [t('review.edited'), review.editedAt, review.editedBy],
    [t('review.done'), review.doneAt, review.doneBy],
    [t('review.requested'), waiver?.at, waiver?.by],
    [t('review.approved'), waiver?.approvedAt, waiver?.approvedBy],
  ];
  return (
    <Box sx={{ typography: 'body2', color: 'text.secondary' }}>
      {lines
        .filter(([, at]) => at)
        .map(([name, at, by]) => (
          <Box key={name} sx={{ mb: 0.5 }}>
            {name} <TimeStamp at={at ?? ''} />{' '}
            {by && <PersonChip entityRef={by} />}
          </Box>
        ))}
      {waiver && <Box sx={{ overflowWrap: 'anywhere' }}>{waiver.reason}</Box>}
    </Box>
  );
}
