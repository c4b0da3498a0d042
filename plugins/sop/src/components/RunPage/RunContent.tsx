import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView } from '@handrail/plugin-sop-common';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useCallback, useRef, useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { RunRecord } from '../RunRecord';
import { useShortcuts } from '../Shortcuts';
import { StepPanel } from '../StepPanel';
import { RunHeader } from './RunHeader';
import { StepList } from './StepList';
import { useSelectedStep } from './useSelectedStep';

const KEYS = ['j', 'k', 'g'];

/** The run page once the run is there. */
export function RunContent(props: { run: RunView }) {
  const { run } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const theme = useTheme();
  const narrow = useMediaQuery(theme.breakpoints.down('md'));
  const [listOpen, setListOpen] = useState(false);
  const { step, elsewhere, select, follow } = useSelectedStep(run);
  const heading = useRef<HTMLHeadingElement>(null);

  const goOn = useCallback(
    (fresh: RunView) => {
      follow(fresh);
      // After the panel of the next step has been rendered.
      requestAnimationFrame(() => heading.current?.focus());
    },
    [follow],
  );
  const choose = (stepId: string) => {
    select(stepId);
    setListOpen(false);
  };
  useShortcuts(key => {
    if (key === 'g') {
      goOn(run);
      return;
    }
    const at = run.steps.findIndex(one => one.id === step?.id);
    const next = run.steps[at + (key === 'j' ? 1 : -1)];
    if (next) {
      select(next.id);
    }
  }, KEYS);

  const list = <StepList run={run} selected={step?.id} onSelect={choose} />;
  return (
    <>
      <RunHeader run={run} />
      <Box
        sx={{
          display: 'grid',
          gap: { xs: 2, md: 3 },
          gridTemplateColumns: {
            xs: '100%',
            md: 'minmax(260px, 320px) minmax(0, 1fr)',
          },
          alignItems: 'start',
        }}
      >
        {narrow ? (
          <Accordion
            disableGutters
            variant="outlined"
            expanded={listOpen}
            onChange={(_event, open) => setListOpen(open)}
          >
            <AccordionSummary
              expandIcon={<ExpandMoreIcon />}
              aria-controls="sop-step-list"
              id="sop-step-list-title"
            >
              <Typography>
                {t('run.stepsCount', {
                  done: String(run.done),
                  total: String(run.total),
                })}
              </Typography>
            </AccordionSummary>
            <AccordionDetails sx={{ p: 1 }}>{list}</AccordionDetails>
          </Accordion>
        ) : (
          <Box component="nav" aria-label={t('run.steps')}>
            {list}
          </Box>
        )}
        <Box sx={{ minWidth: 0, display: 'grid', gap: 3 }}>
          {elsewhere && (
            <Alert
              severity="info"
              action={
                <Button color="inherit" size="small" onClick={() => goOn(run)}>
                  {t('run.goThere')}
                </Button>
              }
            >
              {t('run.stepOver', { name: elsewhere.name })}
            </Alert>
          )}
          {step && (
            <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
              <StepPanel
                key={step.id}
                run={run}
                step={step}
                headingRef={heading}
                onDone={goOn}
              />
            </Paper>
          )}
          <RunRecord run={run} selected={step?.id} onSelect={choose} />
        </Box>
      </Box>
    </>
  );
}
