import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView } from '@handrail/plugin-sop-common';
import { Glow, PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { ViaAgent } from './ViaAgent';

/** What happened, as sentences, newest first. */
export function Timeline(props: { run: RunView }) {
  const { run } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  if (run.timeline.length === 0) {
    return <Typography>{t('timeline.empty')}</Typography>;
  }
  const newest = run.timeline[0]?.seq;
  const complete = run.timeline.some(entry => entry.seq <= 1);
  return (
    <>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {run.timeline.map((entry, index) => (
          <Box
            component="li"
            key={entry.seq}
            sx={{ borderLeft: 2, borderColor: 'divider', pl: 2, pb: 1.5 }}
          >
            <Glow on={index === 0 ? newest : undefined}>
              <Box
                sx={{
                  display: 'flex',
                  flexWrap: 'wrap',
                  gap: 0.75,
                  alignItems: 'center',
                }}
              >
                {entry.actor ? (
                  <PersonChip entityRef={entry.actor} />
                ) : (
                  <Typography component="span" color="text.secondary">
                    {t('timeline.engine')}
                  </Typography>
                )}
                {entry.via && <ViaAgent via={entry.via} />}
                <Typography component="span" sx={{ overflowWrap: 'anywhere' }}>
                  {entry.text}
                </Typography>
                <Typography
                  component="span"
                  variant="body2"
                  color="text.secondary"
                >
                  <TimeStamp at={entry.at} />
                </Typography>
              </Box>
              {entry.detail && (
                <Typography
                  color="text.secondary"
                  sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
                >
                  {entry.detail}
                </Typography>
              )}
            </Glow>
          </Box>
        ))}
      </Box>
      {!complete && (
        <Typography color="text.secondary">
          {t('timeline.latest', { number: String(run.timeline.length) })}
        </Typography>
      )}
    </>
  );
}
