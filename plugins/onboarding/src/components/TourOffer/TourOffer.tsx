import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TourView } from '@handrail/plugin-onboarding-common';
import { useErrorMessage } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { onboardingApiRef } from '../../api';
import { useRefreshMe } from '../../lib/useOnboarding';
import { onboardingTranslationRef } from '../../translation';

/** Props of {@link TourOffer}. */
export interface TourOfferProps {
  tour: TourView;
  onStart(): void;
}

/** Offers a tour in a corner: it takes no focus and covers no work. */
export function TourOffer(props: TourOfferProps) {
  const { tour, onStart } = props;
  const { tourRef, version, title, minutes } = tour;
  const api = useApi(onboardingApiRef);
  const refresh = useRefreshMe();
  const message = useErrorMessage();
  const { t } = useTranslationRef(onboardingTranslationRef);
  const [error, setError] = useState<unknown>();
  const wasOffered = Boolean(tour.progress?.offeredAt);

  useEffect(() => {
    if (!wasOffered) {
      // Only for the record; the offer does not depend on it.
      api
        .putProgress(tourRef, { version, status: 'offered' })
        .catch(() => undefined);
    }
  }, [api, tourRef, version, wasOffered]);

  const putOff = async () => {
    try {
      await api.putProgress(tourRef, { version, status: 'dismissed' });
      await refresh();
    } catch (caught) {
      setError(caught);
    }
  };

  return (
    <Paper
      component="aside"
      aria-label={t('offer.aria')}
      elevation={6}
      sx={{
        position: 'fixed',
        right: { xs: 12, sm: 24 },
        // Above the bar at the bottom of a phone.
        bottom: { xs: 76, sm: 24 },
        width: 'min(320px, calc(100vw - 24px))',
        boxSizing: 'border-box',
        p: 2,
        zIndex: 'speedDial',
        border: 1,
        borderColor: 'divider',
      }}
    >
      <Typography variant="subtitle1" component="p" sx={{ fontWeight: 600 }}>
        {t('offer.title')}
      </Typography>
      <Typography variant="body2">
        {minutes
          ? t('offer.text', { name: title, count: minutes })
          : t('offer.textPlain', { name: title })}
      </Typography>
      {error !== undefined && (
        <Typography variant="body2" color="error" role="alert">
          {t('offer.failed', { message: message(error) })}
        </Typography>
      )}
      <Box sx={{ display: 'flex', gap: 1, mt: 1 }}>
        <Button size="small" variant="contained" onClick={onStart}>
          {t('offer.start')}
        </Button>
        <Button size="small" onClick={putOff}>
          {t('offer.notNow')}
        </Button>
      </Box>
    </Paper>
  );
}
