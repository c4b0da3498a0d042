import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AppLink, useTourLink } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { CannotButton } from './CannotButton';
import { CommandError } from './CommandError';
import { NotYours } from './NotYours';
import { PanelProps } from './types';

/** A tour to take: where it begins. Its end completes the step. */
export function TourPanel(props: PanelProps) {
  const { step, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const tourLink = useTourLink();
  if (!step.act?.allowed) {
    return <NotYours {...props} />;
  }
  return (
    <>
      <Typography color="text.secondary">{t('panel.tourHelp')}</Typography>
      <CommandError error={error} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {step.tour && (
          <Button
            variant="contained"
            component={AppLink}
            to={tourLink(step.tour)}
          >
            {t('panel.takeTour')}
          </Button>
        )}
        <Box sx={{ flex: 1 }} />
        <CannotButton {...props} />
      </Box>
    </>
  );
}
