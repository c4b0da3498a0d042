import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { statusErrors } from '../../lib/procedure';
import { sopTranslationRef } from '../../translation';

/** Warns that the registered file no longer passes and an older one is shown. */
export function SopStatusCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(sopTranslationRef);
  const messages = statusErrors(entity);
  if (messages.length === 0) {
    return null;
  }
  return (
    <Alert severity="warning">
      <AlertTitle>{t('entity.invalidTitle')}</AlertTitle>
      <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
        {messages.map(message => (
          <li key={message}>{message}</li>
        ))}
      </Box>
    </Alert>
  );
}
