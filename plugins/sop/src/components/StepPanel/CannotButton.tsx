import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { ReasonDialog } from '../ReasonDialog';
import { PanelProps } from './types';

/** Says that a step cannot be done, with a reason. */
export function CannotButton(props: PanelProps) {
  const { send, pending, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button
        color="inherit"
        onClick={() => {
          setAsked(false);
          setOpen(true);
        }}
      >
        {t('panel.cannot')}
      </Button>
      {open && (
        <ReasonDialog
          open
          title={t('panel.cannotTitle')}
          text={t('panel.cannotText')}
          confirm={t('panel.cannotConfirm')}
          dismiss={t('common.cancel')}
          pending={pending}
          error={asked ? error : undefined}
          onClose={() => setOpen(false)}
          onConfirm={async reason => {
            setAsked(true);
            if (await send({ type: 'report-failure', reason })) {
              setOpen(false);
            }
          }}
        />
      )}
    </>
  );
}
