import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import { sopTranslationRef } from '../../translation';
import { CommandError } from './CommandError';
import { PanelProps } from './types';

/** Why the reader may not act on an open task. */
export function NotYours(props: Pick<PanelProps, 'step' | 'error'>) {
  const { act } = props.step;
  const { t } = useTranslationRef(sopTranslationRef);
  return (
    <>
      <CommandError error={props.error} />
      <Alert severity="info" variant="outlined">
        {act?.reason ?? t('panel.working')}
      </Alert>
    </>
  );
}
