import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PermitButton } from '@handrail/plugin-sop-react';
import { sopTranslationRef } from '../../translation';
import { PanelProps } from './types';

/** Takes a task, or gives it back to everybody who may do it. */
export function ClaimButton(props: PanelProps) {
  const { step, send, pending, userRef } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  if (step.status === 'ready' && !step.claimedBy) {
    return (
      <PermitButton
        permit={step.act ?? { allowed: false }}
        pending={pending}
        variant="outlined"
        onClick={() => send({ type: 'claim' })}
      >
        {t('panel.claim')}
      </PermitButton>
    );
  }
  if (step.claimedBy && step.claimedBy === userRef) {
    return (
      <PermitButton
        permit={{ allowed: true }}
        pending={pending}
        variant="outlined"
        onClick={() => send({ type: 'release' })}
      >
        {t('panel.release')}
      </PermitButton>
    );
  }
  return null;
}
