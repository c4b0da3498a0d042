import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { PersonChip, TimeStamp } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { sopTranslationRef } from '../../translation';

/** Why a step cannot go on, until when, and who can change that. */
export function Explanation(props: {
  reasons: NonNullable<StepView['explanation']>;
}) {
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <Alert severity="warning">
      {props.reasons.map(({ kind, sentence, until, who }) => (
        <Box
          key={`${kind} ${sentence}`}
          sx={{ overflowWrap: 'anywhere', '& + &': { mt: 1 } }}
        >
          <div>{sentence}</div>
          {until && (
            <div>
              {t(
                kind === 'window' || kind === 'policy'
                  ? 'panel.opensNext'
                  : 'panel.lasts',
              )}{' '}
              <TimeStamp at={until} deadline />
            </div>
          )}
          {who.length > 0 && (
            <Box
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                gap: 0.75,
                alignItems: 'center',
              }}
            >
              <span>{t('panel.whoCan')}</span>
              {who.map(ref => (
                <PersonChip key={ref} entityRef={ref} />
              ))}
            </Box>
          )}
        </Box>
      ))}
    </Alert>
  );
}
