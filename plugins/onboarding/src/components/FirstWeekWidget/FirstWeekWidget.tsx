import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { AppLink, ErrorState, Loading } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMe } from '../../lib/useOnboarding';
import { rootRouteRef } from '../../routes';
import { onboardingTranslationRef } from '../../translation';
import { FirstWeek } from '../FirstWeek';

/** On the home page: what is next in the first week, and the tours. */
export function FirstWeekWidget() {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const root = useRouteRef(rootRouteRef);
  const { data: me, error, isPending, refetch } = useMe();
  if (isPending) {
    return <Loading shape="list" count={3} />;
  }
  if (!me) {
    return <ErrorState error={error} onRetry={() => refetch()} />;
  }
  const finished = me.tours.filter(
    tour => tour.progress?.status === 'finished',
  ).length;
  return (
    <>
      <FirstWeek me={me} brief />
      {me.tours.length > 0 && (
        <Box sx={{ mt: 1.5 }}>
          <Typography variant="body2" color="text.secondary">
            {finished === me.tours.length
              ? t('page.allDone')
              : t('page.some', {
                  done: String(finished),
                  total: String(me.tours.length),
                })}
          </Typography>
          <AppLink to={root?.() ?? '/onboarding'}>{t('page.tours')}</AppLink>
        </Box>
      )}
    </>
  );
}
