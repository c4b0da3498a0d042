import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { OnboardingMe } from '@handrail/plugin-onboarding-common';
import {
  EmptyState,
  ErrorState,
  Loading,
  PageBody,
  StatusIcon,
  TimeStamp,
  TitledCard,
  usePageTitle,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useMe } from '../../lib/useOnboarding';
import { useRunningTour } from '../../lib/useRunningTour';
import { onboardingTranslationRef } from '../../translation';
import { FirstWeek } from '../FirstWeek';
import { BrokenSteps } from './BrokenSteps';
import { TimeToFirstCard } from './TimeToFirstCard';
import { TourCard } from './TourCard';

/** Tours with progress, the first week, first times, and the figures. */
export function OnboardingPage() {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const { data: me, error, isPending, refetch } = useMe();
  usePageTitle(t('page.title'));
  return (
    <PageBody maxWidth={1200}>
      {isPending && <Loading shape="cards" count={3} />}
      {!isPending && !me && (
        <ErrorState error={error} onRetry={() => refetch()} />
      )}
      {me && <Loaded me={me} />}
    </PageBody>
  );
}

function Loaded({ me }: { me: OnboardingMe }) {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const unknown = useTourOfAddress(me);
  return (
    <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
      {unknown && (
        <Alert severity="warning">
          {t('page.unknownTour', { ref: unknown })}
        </Alert>
      )}
      <Tours me={me} />
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            md: 'repeat(2, minmax(0, 1fr))',
          },
          alignItems: 'start',
        }}
      >
        <TitledCard title={t('week.title')}>
          <FirstWeek me={me} />
        </TitledCard>
        <TitledCard title={t('page.milestones')}>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {me.milestones.map(({ kind, at }) => (
              <Box
                component="li"
                key={kind}
                sx={{ display: 'flex', gap: 1, py: 0.5 }}
              >
                <StatusIcon
                  status={at ? 'completed' : 'pending'}
                  fontSize="small"
                />
                <Box sx={{ flex: 1 }}>{t(`milestone.${kind}`)}</Box>
                <Typography variant="body2" component="div">
                  {at ? <TimeStamp at={at} /> : t('page.notYet')}
                </Typography>
              </Box>
            ))}
          </Box>
        </TitledCard>
      </Box>
      <TimeToFirstCard />
      <BrokenSteps tours={me.tours} />
    </Box>
  );
}

/** Begins the tour that the address names; returns a ref that is unknown. */
function useTourOfAddress(me: OnboardingMe): string | undefined {
  const { session, running } = useRunningTour();
  const [params, setParams] = useSearchParams();
  const wanted = params.get('tour') ?? undefined;
  const tour = me.tours.find(one => one.tourRef === wanted);
  const begun = useRef<string>();
  useEffect(() => {
    // The address changes later than the session tells of the tour.
    if (tour && begun.current !== wanted) {
      begun.current = wanted;
      // Taken out of the address, so that Back does not begin it again.
      setParams({}, { replace: true });
      if (running?.tourRef !== tour.tourRef) {
        session.start(tour.tourRef, {
          restart: tour.progress?.status === 'finished',
        });
      }
    } else if (!wanted) {
      begun.current = undefined;
    }
  }, [running, session, setParams, tour, wanted]);
  return wanted && !tour ? wanted : undefined;
}

function Tours({ me }: { me: OnboardingMe }) {
  const { t } = useTranslationRef(onboardingTranslationRef);
  const { session } = useRunningTour();
  if (me.tours.length === 0) {
    return (
      <EmptyState title={t('page.noTourTitle')}>{t('page.noTour')}</EmptyState>
    );
  }
  const done = me.tours.filter(one => one.progress?.finishedAt).length;
  return (
    <section aria-label={t('page.tours')}>
      <Typography variant="h6" component="h2" sx={{ mb: 2 }}>
        {done === me.tours.length
          ? t('page.allDone')
          : t('page.some', {
              done: String(done),
              total: String(me.tours.length),
            })}
      </Typography>
      <Box
        component="ul"
        data-tour="onboarding.tours"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'grid',
          gap: 2,
          gridTemplateColumns:
            'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
        }}
      >
        {me.tours.map(tour => (
          <TourCard
            key={tour.tourRef}
            tour={tour}
            onStart={options => session.start(tour.tourRef, options)}
          />
        ))}
      </Box>
    </section>
  );
}
