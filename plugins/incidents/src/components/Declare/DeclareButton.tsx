import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PermitButton } from '@handrail/plugin-sop-react';
import AddAlertOutlinedIcon from '@mui/icons-material/AddAlertOutlined';
import type { ButtonProps } from '@mui/material/Button';
import { declareApiRef } from '../../api';
import { usePolicy } from '../../hooks';
import type { DeclareRequestHint } from '../../lib/DeclareLauncher';
import { incidentsTranslationRef } from '../../translation';

/** Props of {@link DeclareButton}. */
export interface DeclareButtonProps
  extends Pick<ButtonProps, 'variant' | 'size'> {
  hint?: DeclareRequestHint;
}

/** Opens the form; says why when the reader may not declare. */
export function DeclareButton(props: DeclareButtonProps) {
  const { hint, variant = 'outlined', size = 'small' } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const launcher = useApi(declareApiRef);
  const { data } = usePolicy();
  return (
    <PermitButton
      variant={variant}
      size={size}
      color="primary"
      startIcon={<AddAlertOutlinedIcon />}
      // Nobody waits for the policy in an emergency; the form asks for it again.
      permit={data?.permits.declare ?? { allowed: true }}
      onClick={() => launcher.open(hint)}
    >
      {t('declare.action')}
    </PermitButton>
  );
}
