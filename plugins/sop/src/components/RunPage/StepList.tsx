import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView, StepView } from '@handrail/plugin-sop-common';
import {
  Glow,
  PersonName,
  StatusIcon,
  TimeStamp,
  useStatusWord,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { Fragment } from 'react';
import { isOpenTask } from '../../lib/currentStep';
import { nameInBranch } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';

/** Props of {@link StepList}. */
export interface StepListProps {
  run: RunView;
  selected?: string;
  onSelect(stepId: string): void;
}

/** All steps of a run; the branches are labelled and indented. */
export function StepList(props: StepListProps) {
  const { run, selected, onSelect } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const word = useStatusWord();

  const opensBranch = (step: StepView, index: number) =>
    step.branch !== undefined &&
    !run.steps
      .slice(0, index)
      .some(
        one => one.parentId === step.parentId && one.branch === step.branch,
      );

  return (
    <Box
      component="ol"
      aria-label={t('run.steps')}
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {run.steps.map((step, index) => {
        const current = step.id === selected;
        const muted = ['pending', 'skipped', 'cancelled'].includes(step.status);
        return (
          <Fragment key={step.id}>
            {opensBranch(step, index) && (
              <Typography
                component="li"
                variant="caption"
                color="text.secondary"
                sx={{ display: 'block', pl: 1 + step.depth * 2, pt: 0.5 }}
              >
                {step.branch}
              </Typography>
            )}
            <li>
              <Glow on={`${step.status} ${step.attempt}`}>
                <ButtonBase
                  aria-current={current ? 'step' : undefined}
                  onClick={() => onSelect(step.id)}
                  sx={{
                    width: '100%',
                    justifyContent: 'flex-start',
                    alignItems: 'flex-start',
                    textAlign: 'left',
                    gap: 1,
                    py: 0.75,
                    pr: 1,
                    pl: 1 + step.depth * 2,
                    borderRadius: 1,
                    borderLeft: 3,
                    borderColor: current ? 'primary.main' : 'transparent',
                    bgcolor: current ? 'action.selected' : 'transparent',
                    font: 'inherit',
                    '&:hover': { bgcolor: 'action.hover' },
                    '&:focus-visible': {
                      outline: 2,
                      outlineStyle: 'solid',
                      outlineColor: 'primary.main',
                    },
                  }}
                >
                  <StatusIcon status={step.status} fontSize="small" />
                  <Box sx={{ flex: 1, minWidth: 0 }}>
                    <Typography
                      component="span"
                      sx={{
                        display: 'block',
                        overflowWrap: 'anywhere',
                        color: muted ? 'text.secondary' : 'text.primary',
                        fontWeight: isOpenTask(step)
                          ? 'fontWeightBold'
                          : undefined,
                      }}
                    >
                      {step.compensates ? '↩ ' : ''}
                      {nameInBranch(step)}
                    </Typography>
                    <Typography
                      component="span"
                      variant="caption"
                      color="text.secondary"
                      sx={{ display: 'block' }}
                    >
                      {word(step.status)}
                      {[...new Set(step.actors)].map((actor, place) => (
                        <Fragment key={actor}>
                          {place === 0 ? ' · ' : ', '}
                          <PersonName entityRef={actor} />
                        </Fragment>
                      ))}
                      {isOpenTask(step) && step.dueAt && (
                        <>
                          {' · '}
                          <TimeStamp at={step.dueAt} deadline inert />
                        </>
                      )}
                    </Typography>
                  </Box>
                </ButtonBase>
              </Glow>
            </li>
          </Fragment>
        );
      })}
    </Box>
  );
}
