import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView } from '@handrail/plugin-sop-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { AcknowledgeDialog } from '../Acknowledge';

/**
 * The way to a task for somebody who has not acknowledged the revision yet:
 * reads it and says so, right here.
 */
export function TrainingPanel(props: { run: RunView }) {
  const { run } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const [open, setOpen] = useState(false);
  if (!run.acknowledgement || run.acknowledgement.acknowledgedAt) {
    return null;
  }
  return (
    <>
      <Alert
        severity="info"
        action={
          <Button
            color="inherit"
            variant="outlined"
            onClick={() => setOpen(true)}
          >
            {t('control.acknowledge')}
          </Button>
        }
      >
        {t('control.trainingMissing', {
          revision: run.revision ?? run.revisionHash.slice(0, 12),
        })}
      </Alert>
      {open && (
        <AcknowledgeDialog
          sopRef={run.sopRef}
          hash={run.revisionHash}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
