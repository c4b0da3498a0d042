import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import {
  Glow,
  PersonChip,
  StatusChip,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

/** Who voted how and why, and how many must. */
export function Votes(props: { step: StepView }) {
  const { step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const votes = step.votes ?? [];
  return (
    <Glow on={votes.length}>
      <Typography variant="subtitle1" component="h3">
        {t('panel.votes')}
        {step.quorum && (
          <Typography component="span" color="text.secondary">
            {' · '}
            {step.quorum}
          </Typography>
        )}
      </Typography>
      {votes.length === 0 ? (
        <Typography color="text.secondary">{t('panel.noVotes')}</Typography>
      ) : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {votes.map(vote => (
            <Box component="li" key={vote.by} sx={{ mb: 1 }}>
              <Box
                sx={{
                  display: 'flex',
                  flexWrap: 'wrap',
                  gap: 1,
                  alignItems: 'center',
                }}
              >
                <PersonChip entityRef={vote.by} />
                <StatusChip status={vote.decision} />
                <TimeStamp at={vote.at} />
              </Box>
              {vote.reason && (
                <Typography sx={{ ml: 1, overflowWrap: 'anywhere' }}>
                  {vote.reason}
                </Typography>
              )}
            </Box>
          ))}
        </Box>
      )}
    </Glow>
  );
}
