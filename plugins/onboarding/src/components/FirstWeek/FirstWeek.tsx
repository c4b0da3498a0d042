import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ChecklistItem,
  OnboardingChecklist,
  OnboardingMe,
} from '@handrail/plugin-onboarding-common';
import {
  AppLink,
  EmptyState,
  StatusChip,
  StatusIcon,
  useSopLinks,
  useStatusWord,
  useTourLink,
  visuallyHidden,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { onboardingTranslationRef } from '../../translation';

/** Props of {@link FirstWeek}. */
export interface FirstWeekProps {
  me: OnboardingMe;
  /** Only what is next, for little space. */
  brief?: boolean;
}

/** The checklist of the reader's first week, or how to begin one. */
export function FirstWeek(props: FirstWeekProps) {
  const { me, brief } = props;
  const { checklist, checklistSopRef, userRef } = me;
  const { t } = useTranslationRef(onboardingTranslationRef);
  const links = useSopLinks();
  if (checklist) {
    return <Checklist checklist={checklist} brief={brief} />;
  }
  return (
    <EmptyState
      title={checklistSopRef ? t('week.none') : t('week.noProcedure')}
      action={
        checklistSopRef && (
          <Button
            variant="outlined"
            component={AppLink}
            to={links.start({ sop: checklistSopRef, target: userRef })}
          >
            {t('week.start')}
          </Button>
        )
      }
    />
  );
}

function Checklist(props: { checklist: OnboardingChecklist; brief?: boolean }) {
  const { checklist, brief } = props;
  const { runId, items, done, total, title } = checklist;
  const { t } = useTranslationRef(onboardingTranslationRef);
  const links = useSopLinks();
  const next = items.filter(item => item.mine);
  const isOver = checklist.status !== 'running' && checklist.status !== 'held';
  const words = t('week.progress', {
    done: String(done),
    total: String(total),
  });
  return (
    <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <LinearProgress
          variant="determinate"
          value={total > 0 ? (done / total) * 100 : 0}
          aria-label={`${title}: ${words}`}
          sx={{ flex: 1, height: 8, borderRadius: 4 }}
        />
        <Typography variant="body2" sx={{ whiteSpace: 'nowrap' }}>
          {words}
        </Typography>
      </Box>
      {isOver && (
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <StatusChip status={checklist.status} />
          {checklist.status === 'completed' && (
            <Typography>{t('week.done')}</Typography>
          )}
        </Box>
      )}
      {!isOver && next.length === 0 && (
        <Typography>{t('week.waiting')}</Typography>
      )}
      {next.length > 0 && (
        <div>
          <Typography variant="subtitle2" component="p">
            {t('week.next')}
          </Typography>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {next.map(item => (
              <NextItem key={item.stepId} item={item} runId={runId} />
            ))}
          </Box>
        </div>
      )}
      {!brief && (
        <Box
          component="ol"
          aria-label={t('week.caption')}
          sx={{ listStyle: 'none', m: 0, p: 0 }}
        >
          {items.map(item => (
            <Item key={item.stepId} item={item} runId={runId} />
          ))}
        </Box>
      )}
      <AppLink to={links.run(runId)}>{t('week.openRun')}</AppLink>
    </Box>
  );
}

function NextItem(props: { item: ChecklistItem; runId: string }) {
  const { item, runId } = props;
  const { t } = useTranslationRef(onboardingTranslationRef);
  const links = useSopLinks();
  const tourLink = useTourLink();
  const word = item.tour ? t('week.takeTour') : t('week.open');
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1,
        py: 0.5,
      }}
    >
      <Typography sx={{ flex: '1 1 140px', overflowWrap: 'anywhere' }}>
        {item.name}
      </Typography>
      <Button
        size="small"
        variant="contained"
        component={AppLink}
        aria-label={`${word}: ${item.name}`}
        to={
          item.tour
            ? tourLink(item.tour)
            : links.run(runId, { step: item.stepId })
        }
      >
        {word}
      </Button>
    </Box>
  );
}

function Item(props: { item: ChecklistItem; runId: string }) {
  const { item, runId } = props;
  const links = useSopLinks();
  const word = useStatusWord();
  return (
    <Box
      component="li"
      sx={{ display: 'flex', gap: 1, alignItems: 'center', py: 0.5 }}
    >
      <StatusIcon status={item.status} fontSize="small" />
      <Box component="span" sx={visuallyHidden}>
        {word(item.status)}
      </Box>
      <AppLink
        to={links.run(runId, { step: item.stepId })}
        sx={{ overflowWrap: 'anywhere' }}
      >
        {item.name}
      </AppLink>
    </Box>
  );
}
