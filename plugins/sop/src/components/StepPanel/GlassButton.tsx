import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { PermitButton } from '@handrail/plugin-sop-react';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { ReasonDialog } from '../ReasonDialog';
import { PanelProps } from './types';

type Gate = NonNullable<StepView['breakGlass']>['gates'][number];

/** Skips gates of a step in an emergency: named ones, with a reason. */
export function GlassButton(props: PanelProps) {
  const { step, send, pending, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const [open, setOpen] = useState(false);
  const gates = step.breakGlass?.gates ?? [];
  const [chosen, setChosen] = useState<readonly Gate[]>(gates.slice(0, 1));
  if (!step.breakGlass) {
    return null;
  }
  const skips = gates.filter(gate => chosen.includes(gate));
  return (
    <>
      <PermitButton
        size="small"
        color="error"
        variant="outlined"
        permit={step.breakGlass}
        onClick={() => setOpen(true)}
      >
        {t('glass.button')}
      </PermitButton>
      {open && (
        <ReasonDialog
          open
          title={t('glass.title')}
          text={t('glass.text')}
          confirm={t('glass.confirm')}
          dismiss={t('glass.dismiss')}
          pending={pending}
          error={error}
          onClose={() => setOpen(false)}
          onConfirm={async reason => {
            if (
              skips.length > 0 &&
              (await send({ type: 'break-glass', skips, reason }))
            ) {
              setOpen(false);
            }
          }}
        >
          {skips.length === 0 && (
            <FormHelperText error>{t('glass.chooseGate')}</FormHelperText>
          )}
          <FormGroup role="group" aria-label={t('glass.skips')}>
            {gates.map(gate => (
              <FormControlLabel
                key={gate}
                label={t(`glass.${gate}`)}
                control={
                  <Checkbox
                    checked={chosen.includes(gate)}
                    onChange={(_event, checked) =>
                      setChosen(
                        checked
                          ? [...chosen, gate]
                          : chosen.filter(one => one !== gate),
                      )
                    }
                  />
                }
              />
            ))}
          </FormGroup>
        </ReasonDialog>
      )}
    </>
  );
}
