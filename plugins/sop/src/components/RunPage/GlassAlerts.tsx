import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView } from '@handrail/plugin-sop-common';
import {
  AppLink,
  PersonChip,
  TimeStamp,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { sopTranslationRef } from '../../translation';

/** The gates of a run that were skipped in an emergency, and their reviews. */
export function GlassAlerts(props: { run: RunView }) {
  const { runId, brokenGlass = [] } = props.run;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  return (
    <>
      {brokenGlass.map(glass => (
        <Alert key={glass.reviewId} severity="error" sx={{ mb: 1 }}>
          <AlertTitle>
            {t('glass.broken', {
              name: glass.stepName,
              gates: glass.skips.map(gate => t(`glass.${gate}`)).join(', '),
            })}
          </AlertTitle>
          <Box sx={{ overflowWrap: 'anywhere' }}>{glass.reason}</Box>
          <div>
            {t('glass.byAt', {
              person: <PersonChip entityRef={glass.by} />,
              time: <TimeStamp at={glass.at} />,
            })}
          </div>
          <div>
            {glass.reviewedAt ? (
              <>
                {t('glass.reviewDone')} <TimeStamp at={glass.reviewedAt} />
              </>
            ) : (
              <>
                {t('glass.reviewOpen')}, {t('common.due')}{' '}
                <TimeStamp at={glass.reviewDueAt} deadline />
              </>
            )}{' '}
            <AppLink to={links.run(runId, { step: glass.reviewId })}>
              {t('glass.review')}
            </AppLink>
          </div>
        </Alert>
      ))}
    </>
  );
}
