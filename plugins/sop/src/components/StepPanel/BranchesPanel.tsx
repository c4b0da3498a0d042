import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView, StepView } from '@handrail/plugin-sop-common';
import { StatusIcon, useStatusWord } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { nameInBranch } from '../../lib/steps';
import { sopTranslationRef } from '../../translation';

const TITLES: Partial<Record<StepView['type'], 'panel.cases' | 'panel.items'>> =
  { switch: 'panel.cases', forEach: 'panel.items' };

/** What is inside a parallel, switch or forEach step. */
export function BranchesPanel(props: { run: RunView; step: StepView }) {
  const { run, step } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const word = useStatusWord();
  const children = run.steps.filter(one => one.parentId === step.id);
  return (
    <div>
      <Typography variant="subtitle2" component="h3">
        {t(TITLES[step.type] ?? 'panel.branches')}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {children.map(child => (
          <Box
            component="li"
            key={child.id}
            sx={{ display: 'flex', alignItems: 'center', gap: 1, py: 0.5 }}
          >
            <StatusIcon status={child.status} fontSize="small" />
            <span>
              {child.branch ? `${child.branch}: ` : ''}
              {nameInBranch(child)}
            </span>
            <Typography variant="body2" color="text.secondary" component="span">
              {word(child.status)}
            </Typography>
          </Box>
        ))}
      </Box>
    </div>
  );
}
