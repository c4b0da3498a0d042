import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SopSpec } from '@handrail/plugin-sop-common';
import { PersonChip } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { FlatStep, flattenTree, treeFromSpec } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';
import { TargetOwner } from './TargetOwner';

/** Props of {@link Forecast}. */
export interface ForecastProps {
  spec: Partial<SopSpec> & { steps: SopSpec['steps'] };
  targetRef?: string;
}

/** What a run will do, in order, and whom it will ask. */
export function Forecast(props: ForecastProps) {
  const { spec, targetRef } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const rows = useMemo(
    () => flattenTree(treeFromSpec(spec.steps)),
    [spec.steps],
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
          </Box>
        ))}
      </Box>
    </Paper>
  );
}
