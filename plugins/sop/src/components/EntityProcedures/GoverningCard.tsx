import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GoverningProcedure } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EntityLink,
  PermitLink,
  StatusChip,
  TimeStamp,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { purposeOf } from '../../lib/procedure';
import { sopTranslationRef } from '../../translation';

/** Props of {@link GoverningCard}. */
export interface GoverningCardProps {
  procedure: GoverningProcedure;
  targetRef: string;
}

/** One procedure that governs the entity, its latest run, and Start. */
export function GoverningCard(props: GoverningCardProps) {
  const { procedure, targetRef } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const { latestRun, openRuns } = procedure;
  const facts = [
    procedure.number,
    procedure.revision &&
      t('catalogue.revision', { revision: procedure.revision }),
    openRuns ? t('entity.openRuns', { count: openRuns }) : undefined,
  ].filter(Boolean);
  return (
    <Paper component="li" variant="outlined" sx={{ p: 2, mb: 1.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
          <Typography variant="body2" color="text.secondary">
            {facts.join(' · ')}
          </Typography>
          <Box
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'center',
            }}
          >
            <Typography component="h3" variant="subtitle1" sx={{ m: 0 }}>
              <EntityLink entityRef={procedure.sopRef} />
            </Typography>
            <StatusChip status={procedure.lifecycle} />
          </Box>
          {procedure.description && (
            <Typography color="text.secondary">
              {purposeOf(procedure.description)}
            </Typography>
          )}
          <Typography
            variant="body2"
            component="div"
            sx={{
              mt: 1,
              display: 'flex',
              flexWrap: 'wrap',
              gap: 0.75,
              alignItems: 'center',
            }}
          >
            {latestRun ? (
              <>
                <span>{t('entity.latest')}</span>
                <AppLink to={links.run(latestRun.runId)}>
                  {latestRun.title}
                </AppLink>
                <StatusChip status={latestRun.status} />
                <TimeStamp at={latestRun.startedAt} />
                <span>{latestRun.headline}</span>
              </>
            ) : (
              t('entity.neverRun')
            )}
          </Typography>
        </Box>
        <Box sx={{ alignSelf: 'center' }}>
          <PermitLink
            variant="outlined"
            startIcon={<PlayArrowIcon />}
            permit={procedure.canStart}
            aria-label={t('entity.startHereNamed', { name: procedure.title })}
            to={links.start({ sop: procedure.sopRef, target: targetRef })}
          >
            {t('entity.startHere')}
          </PermitLink>
        </Box>
      </Box>
    </Paper>
  );
}
