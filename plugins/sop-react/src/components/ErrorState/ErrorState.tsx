import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { errorDetails } from '../../lib/errors';
import { sopReactTranslationRef } from '../../translation';
import { NotPermitted } from '../NotPermitted';

/** One sentence on an error, in words for people. @public */
export function useErrorMessage(): (error: unknown) => string {
  const { t } = useTranslationRef(sopReactTranslationRef);
  return error => {
    const { status, message } = errorDetails(error);
    if (status === 413) {
      return t('states.tooLarge');
    }
    if (/failed to fetch|networkerror|load failed/i.test(message)) {
      return t('states.offline');
    }
    return message;
  };
}

/** Props of {@link ErrorState}. @public */
export interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
}

/**
 * Something could not be loaded: what, why, and a way to try again. A refusal
 * is shown as such.
 * @public
 */
export function ErrorState(props: ErrorStateProps) {
  const { error, onRetry } = props;
  const { t } = useTranslationRef(sopReactTranslationRef);
  const message = useErrorMessage();
  const { status } = errorDetails(error);
  if (status === 403) {
    return <NotPermitted reason={message(error)} />;
  }
  return (
    <Alert
      severity="error"
      variant="outlined"
      sx={{ overflowWrap: 'anywhere', '& .MuiAlert-message': { minWidth: 0 } }}
      action={
        onRetry && status !== 404 ? (
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('states.retry')}
          </Button>
        ) : undefined
      }
    >
      <AlertTitle>
        {status === 404 ? t('states.notFoundTitle') : t('states.errorTitle')}
      </AlertTitle>
      {message(error)}
    </Alert>
  );
}
