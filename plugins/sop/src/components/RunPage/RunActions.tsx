import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CLOSED_RUN_STATUSES, type RunView } from '@handrail/plugin-sop-common';
import { PermitButton, useRunCommand } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { ReasonDialog } from '../ReasonDialog';

type Action = 'cancel' | 'compensate' | 'fail';

/** Ending a run otherwise than by its steps; each asks for a reason. */
export function RunActions(props: { run: RunView }) {
  const { run } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const [asking, setAsking] = useState<Action>();
  const [undoFirst, setUndoFirst] = useState(false);
  const { mutate, isPending, error, reset } = useRunCommand(run.runId);

  if ((CLOSED_RUN_STATUSES as string[]).includes(run.status)) {
    return null;
  }
  // Roll back and give up decide a held run; elsewhere they would only puzzle.
  const actions: Action[] =
    run.status === 'held' ? ['compensate', 'fail', 'cancel'] : ['cancel'];

  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {actions.map(action => (
        <PermitButton
          key={action}
          size="small"
          variant="outlined"
          color={action === 'compensate' ? 'primary' : 'inherit'}
          permit={run.permits[action]}
          onClick={() => {
            reset();
            setUndoFirst(false);
            setAsking(action);
          }}
        >
          {t(`run.${action}`)}
        </PermitButton>
      ))}
      {asking && (
        <ReasonDialog
          open
          title={t(`run.${asking}Title`)}
          text={t(`run.${asking}Text`)}
          confirm={t(`run.${asking}`)}
          dismiss={t('run.keep')}
          pending={isPending}
          error={error}
          onClose={() => setAsking(undefined)}
          onConfirm={reason =>
            mutate(
              {
                type: asking,
                reason,
                ...(asking === 'cancel' && { compensate: undoFirst }),
              },
              { onSuccess: () => setAsking(undefined) },
            )
          }
        >
          {asking === 'cancel' && (
            <>
              <FormControlLabel
                label={t('run.cancelCompensate')}
                control={
                  <Checkbox
                    checked={undoFirst}
                    onChange={(_event, checked) => setUndoFirst(checked)}
                    inputProps={{ 'aria-describedby': 'sop-cancel-help' }}
                  />
                }
              />
              <FormHelperText id="sop-cancel-help" sx={{ mt: 0, ml: 4 }}>
                {t('run.cancelCompensateHelp')}
              </FormHelperText>
            </>
          )}
        </ReasonDialog>
      )}
    </Box>
  );
}
