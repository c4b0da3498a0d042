import { useTranslationRef } from '@backstage/frontend-plugin-api';
import LockOutlinedIcon from '@mui/icons-material/LockOutlined';
import { sopReactTranslationRef } from '../../translation';
import { EmptyState } from '../EmptyState';

/** The reader may not see this: why, and who can change it. @public */
export function NotPermitted(props: { reason?: string }) {
  const { t } = useTranslationRef(sopReactTranslationRef);
  return (
    <EmptyState
      title={t('states.notPermittedTitle')}
      icon={<LockOutlinedIcon />}
    >
      {props.reason && <p>{props.reason}</p>}
      <p>{t('states.notPermitted')}</p>
    </EmptyState>
  );
}
