import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SopSpec } from '@handrail/plugin-sop-common';
import { PersonChip, useSimulation } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useState } from 'react';
import { FlatStep, flattenTree, treeFromSpec } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';
import { ForecastStep, ForecastSummary } from './ForecastParts';
import { TargetOwner } from './TargetOwner';

/** Milliseconds without a key before the forecast is asked for again. */
const PAUSE = 500;

function useDebounced<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Props of {@link Forecast}. */
export interface ForecastProps {
  sopRef: string;
  /** As far as they are filled in. */
  inputs?: Record<string, unknown>;
  spec: Partial<SopSpec> & { steps: SopSpec['steps'] };
  targetRef?: string;
}

/**
 * What a run will do, in order, whom it will ask, what it will meet, and when it
 * will be over: the back end plays it.
 */
export function Forecast(props: ForecastProps) {
  const { spec, sopRef, targetRef, inputs } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const rows = useMemo(
    () => flattenTree(treeFromSpec(spec.steps)),
    [spec.steps],
  );
  const waits = spec.appliesTo !== undefined && !targetRef;
  const settled = useDebounced(inputs);
  const { data, error } = useSimulation(
    sopRef,
    waits
      ? undefined
      : {
          targetRef: spec.appliesTo === undefined ? undefined : targetRef,
          inputs: settled,
        },
  );
  const simulated = useMemo(
    () => new Map(data?.steps.map(step => [step.stepId, step])),
    [data],
  );

  const asked = (role: string) => {
    if (role === 'initiator') {
      return <span>{t('role.initiator')}</span>;
    }
    if (role === 'target-owner') {
      return <TargetOwner targetRef={targetRef} />;
    }
    if (role === 'target') {
      return targetRef ? (
        <PersonChip entityRef={targetRef} />
      ) : (
        <span>{t('role.target')}</span>
      );
    }
    const owners = spec.roles?.[role]?.potentialOwners ?? [];
    return owners.map(owner => <PersonChip key={owner} entityRef={owner} />);
  };
  const opensBranch = (row: FlatStep, index: number) =>
    row.branch !== undefined && rows[index - 1]?.branch !== row.branch;

  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby="sop-forecast"
      sx={{ p: 2, minWidth: 0 }}
    >
      <Typography id="sop-forecast" variant="h6" component="h2">
        {t('start.forecast')}
      </Typography>
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {t('start.forecastIntro', { count: rows.length })}
      </Typography>
      {waits ? (
        <Typography variant="body2" sx={{ mb: 1 }}>
          {t('start.chooseFirst')}
        </Typography>
      ) : (
        <ForecastSummary simulation={data} error={error} />
      )}
      <Box component="ol" sx={{ m: 0, pl: 3 }}>
        {rows.map((row, index) => (
          <Box
            component="li"
            key={row.node.id}
            sx={{ mb: 1, ml: row.depth * 2 }}
          >
            {opensBranch(row, index) && (
              <Typography
                variant="caption"
                color="text.secondary"
                component="div"
              >
                {row.branch}
              </Typography>
            )}
            <div>{row.node.name}</div>
            <Typography
              variant="body2"
              color="text.secondary"
              component="div"
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                columnGap: 1,
                rowGap: 0.25,
                alignItems: 'center',
              }}
            >
              <span>{t(`stepType.${row.node.type}`)}</span>
              {row.node.role && (
                <>
                  <span>{t('start.asks')}</span>
                  {asked(row.node.role)}
                </>
              )}
              {row.node.condition && (
                <span>
                  · {t('start.conditional', { condition: row.node.condition })}
                </span>
              )}
              {row.node.undo && (
                <span>{t('start.undo', { name: row.node.undo })}</span>
              )}
            </Typography>
            <ForecastStep step={simulated.get(row.node.id)} />
          </Box>
        ))}
      </Box>
    </Paper>
  );
}
