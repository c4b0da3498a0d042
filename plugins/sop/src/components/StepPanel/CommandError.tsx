import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  errorDetails,
  PersonChip,
  TimeStamp,
  useErrorMessage,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { sopTranslationRef } from '../../translation';

/** Props of {@link CommandError}. */
export interface CommandErrorProps {
  error: unknown;
  /** Problems that are shown at their fields already. */
  isShownElsewhere?(path: string): boolean;
}

/**
 * Why a command was refused. With a conflict: what happened meanwhile. Takes
 * the focus, as it is the news.
 */
export function CommandError(props: CommandErrorProps) {
  const { error, isShownElsewhere = () => false } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const message = useErrorMessage();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) {
      ref.current?.focus();
    }
  }, [error]);
  if (!error) {
    return null;
  }
  const { status, problems, changes } = errorDetails(error);
  if (status === 409) {
    return (
      <Alert ref={ref} tabIndex={-1} severity="warning">
        <AlertTitle>{t('panel.conflictTitle')}</AlertTitle>
        {changes.length > 0 ? (
          <Box component="ul" sx={{ m: 0, mb: 1, pl: 2.5 }}>
            {changes.map(change => (
              <li key={change.seq}>
                {change.actor && <PersonChip entityRef={change.actor} />}{' '}
                {change.text} <TimeStamp at={change.at} />
                {change.detail && <div>{change.detail}</div>}
              </li>
            ))}
          </Box>
        ) : (
          <Box sx={{ mb: 1 }}>{message(error)}</Box>
        )}
        {t('panel.conflict')}
      </Alert>
    );
  }
  const rest = problems.filter(problem => !isShownElsewhere(problem.path));
  return (
    <Alert ref={ref} tabIndex={-1} severity="error">
      <AlertTitle>{t('panel.refused')}</AlertTitle>
      {rest.length > 0 ? (
        <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
          {rest.map(problem => (
            <li key={`${problem.path} ${problem.message}`}>
              {problem.message}
            </li>
          ))}
        </Box>
      ) : (
        message(error)
      )}
    </Alert>
  );
}
