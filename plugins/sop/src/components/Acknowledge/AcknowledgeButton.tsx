import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlView } from '@handrail/plugin-sop-common';
import { PermitButton, TimeStamp } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { AcknowledgeDialog } from './AcknowledgeDialog';

/** Props of {@link AcknowledgeButton}. */
export interface AcknowledgeButtonProps {
  sopRef: string;
  /** Of the revision in force. */
  hash: string;
  acknowledgement: NonNullable<ControlView['acknowledgement']>;
}

/** Whether the reader has acknowledged the revision in force, and the way to. */
export function AcknowledgeButton(props: AcknowledgeButtonProps) {
  const { sopRef, hash, acknowledgement } = props;
  const { acknowledgedAt, count, required, permit } = acknowledgement;
  const { t } = useTranslationRef(sopTranslationRef);
  const [open, setOpen] = useState(false);
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
    >
      {acknowledgedAt ? (
        <Typography variant="body2" component="span">
          {t('control.acknowledged')} <TimeStamp at={acknowledgedAt} />
        </Typography>
      ) : (
        <PermitButton
          variant={required ? 'contained' : 'outlined'}
          permit={permit}
          onClick={() => setOpen(true)}
        >
          {t('control.acknowledge')}
        </PermitButton>
      )}
      <Typography variant="body2" color="text.secondary" component="span">
        {t('control.acknowledgements', { count })}
        {required && ` ${t('control.trainingRequired')}`}
      </Typography>
      {open && (
        <AcknowledgeDialog
          sopRef={sopRef}
          hash={hash}
          onClose={() => setOpen(false)}
        />
      )}
    </Box>
  );
}
